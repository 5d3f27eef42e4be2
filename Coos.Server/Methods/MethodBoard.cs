using Coos.Evaluator.Methods;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Methods;

/// <summary>The board of a benchmark's methods: runs of one training procedure count together. Immutable.</summary>
public sealed record MethodBoard
{
    private readonly IMethodTests _tests;
    private readonly double[] _adjusted;

    private MethodBoard(IMethodTests tests, double[] adjusted) => (_tests, _adjusted) = (tests, adjusted);

    /// <summary>The maximum number of ranked methods, which bounds the pairs to 4,950. The best are ranked.</summary>
    public const int MaximumMethods = 100;

    /// <summary>The benchmark.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>The ranked methods, best first.</summary>
    public required IReadOnlyList<RankedMethod> Methods { get; init; }

    /// <summary>The groups of declared runs that are not ranked, those with most runs first.</summary>
    public required IReadOnlyList<MethodGroup> Unranked { get; init; }

    /// <summary>The number of scored entries that name no run, reported results not included.</summary>
    public required int WithoutRun { get; init; }

    /// <summary>The number of methods beyond <see cref="MaximumMethods"/>, which are not ranked.</summary>
    public required int Untested { get; init; }

    /// <summary>The number of entries on the board of entries.</summary>
    public required int Entries { get; init; }

    /// <summary>
    /// What the tests treat as independent: "image", "well" or "plate"; null on a guarded benchmark, whose published intervals
    /// are compared instead of predictions.
    /// </summary>
    public string? Unit => Benchmark.Disclosure.IsGuarded || Methods.Count == 0 ? null : Methods[0].Estimate.Unit;

    /// <summary>The number of methods that no other is significantly better than, if there is more than one; otherwise 0.</summary>
    public int Tied => field == 0 ? field = CountTied() : field;

    /// <summary>A summary of the tests in words; empty without methods.</summary>
    public string Conclusion => field ??= MethodSummary.Describe(this);

    /// <summary>The range of errors that pictures of this board show, 0..1.</summary>
    public (double Lowest, double Highest) Range =>
        Methods.Count == 0
            ? (0, 1)
            : (
                Methods.Min(m => Math.Min(m.Estimate.Interval.Lower, m.Scores.Min())),
                Methods.Max(m => Math.Max(m.Estimate.Interval.Upper, m.Scores.Max()))
            );

    /// <summary>Finds a ranked method by its name in URLs; null if there is none.</summary>
    public RankedMethod? Find(string pathName) => Methods.FirstOrDefault(m => m.Group.PathName == pathName);

    /// <summary>Compares a method with all others, best first.</summary>
    public IReadOnlyList<MethodComparison> CompareWithOthers(RankedMethod method)
    {
        var own = Methods.ToList().IndexOf(method);
        return
        [
            .. Methods
                .Select((other, i) => (other, i))
                .Where(o => o.i != own)
                .Select(o => new MethodComparison(o.other, _tests.Compare(own, o.i), _adjusted[PositionOf(own, o.i)])),
        ];
    }

    /// <summary>Creates the board from the tests of its methods.</summary>
    internal static MethodBoard Create(
        Benchmark benchmark,
        IReadOnlyList<MethodGroup> ranked,
        IReadOnlyList<MethodGroup> unranked,
        (int Entries, int WithoutRun, int Untested) counts,
        IMethodTests tests
    )
    {
        MethodEstimate[] estimates = [.. ranked.Select((_, i) => tests.Estimate(i))];
        double[] errors = [.. estimates.Select(e => Math.Round(e.Value, Benchmarks.RankingScore.Decimals))];
        var p = new double[ranked.Count * (ranked.Count - 1) / 2];
        for (var i = 0; i < ranked.Count; i++)
        {
            for (var j = i + 1; j < ranked.Count; j++)
            {
                p[Position(i, j, ranked.Count)] = tests.ComputeP(i, j);
            }
        }

        var intervals = RankIntervals.Compute(errors, (i, j) => p[Position(i, j, ranked.Count)]);
        return new MethodBoard(tests, RankIntervals.AdjustByHolm(p))
        {
            Benchmark = benchmark,
            Methods = [.. ranked.Select((group, i) => new RankedMethod(group, estimates[i], intervals[i]))],
            Unranked = [.. unranked.OrderByDescending(g => g.Runs.Count)],
            Entries = counts.Entries,
            WithoutRun = counts.WithoutRun,
            Untested = counts.Untested,
        };
    }

    private int CountTied()
    {
        var best = Methods.Count(m => m.Rank.IsAmongBest);
        return best > 1 ? best : 0;
    }

    private int PositionOf(int i, int j) => Position(Math.Min(i, j), Math.Max(i, j), Methods.Count);

    /// <summary>The position of the pair (i, j), i below j, among the pairs of a number of methods.</summary>
    private static int Position(int i, int j, int count) => (i * count) - (i * (i + 1) / 2) + j - i - 1;
}

/// <summary>A method against another.</summary>
/// <param name="Other">The other method.</param>
/// <param name="Difference">The method's error minus the other's, with its interval; not adjusted.</param>
/// <param name="AdjustedP">The two-sided p, adjusted by Holm for all pairs of the board.</param>
public sealed record MethodComparison(RankedMethod Other, MethodEstimate Difference, double AdjustedP)
{
    /// <summary>Whether the methods differ significantly at 5%.</summary>
    public bool IsSignificant => AdjustedP <= RankIntervals.Level && Difference.Value != 0;
}
