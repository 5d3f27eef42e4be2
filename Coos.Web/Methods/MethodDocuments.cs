using Coos.Evaluator.Methods;
using Coos.Server.Methods;
using Coos.Shared.Submissions;

namespace Coos.Web.Methods;

/// <summary>The board of methods in the API.</summary>
/// <param name="MinimumRuns">The number of declared runs that make a method.</param>
/// <param name="Unit">
/// What the tests treat as independent: image, well or plate. Absent without methods, and on guarded benchmarks, whose published
/// intervals are compared.
/// </param>
/// <param name="Conclusion">What the tests show, in words; empty without methods.</param>
/// <param name="Methods">The ranked methods, best first.</param>
/// <param name="Unranked">Groups of declared runs that are not ranked, with the reasons.</param>
/// <param name="EntriesWithoutRun">The number of entries that name no run; reported results are not counted.</param>
internal sealed record MethodBoardDocument(
    int MinimumRuns,
    string? Unit,
    string Conclusion,
    IReadOnlyList<MethodDocument> Methods,
    IReadOnlyList<UnrankedMethodDocument> Unranked,
    int EntriesWithoutRun
)
{
    /// <summary>Creates the document of a board.</summary>
    public static MethodBoardDocument Of(MethodBoard board) =>
        new(
            MethodGroup.MinimumRuns,
            board.Unit,
            board.Conclusion,
            [.. board.Methods.Select(m => MethodDocument.Of(m, board))],
            [.. board.Unranked.Select(UnrankedMethodDocument.Of)],
            board.WithoutRun
        );
}

/// <summary>A ranked method in the API.</summary>
internal sealed record MethodDocument
{
    /// <summary>The rank among the methods, from 1; equal means share it.</summary>
    public required int Rank { get; init; }

    /// <summary>The 95% interval of the rank, lowest and highest.</summary>
    public required int[] RankInterval { get; init; }

    /// <summary>Whether no other method is significantly better.</summary>
    public required bool AmongBest { get; init; }

    /// <summary>The name in URLs.</summary>
    public required string Name { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Its owner.</summary>
    public required string Submitter { get; init; }

    /// <summary>The kind of its entries.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>The mean over the runs of the mean balanced error over the ranking splits, 0..1.</summary>
    public required double Score { get; init; }

    /// <summary>Its 95% interval, lower and upper: for other test images and other runs.</summary>
    public required double[] ScoreInterval { get; init; }

    /// <summary>The standard deviation of the score over the runs.</summary>
    public required double RunDeviation { get; init; }

    /// <summary>The parts of the variance of the score.</summary>
    public required MethodVarianceDocument Variance { get; init; }

    /// <summary>The runs. All count.</summary>
    public required IReadOnlyList<MethodRunDocument> Runs { get; init; }

    /// <summary>The mean and standard deviation over the runs, by split; splits that a run lacks are absent.</summary>
    public required IReadOnlyDictionary<string, MethodSplitDocument> Splits { get; init; }

    /// <summary>How it was trained and tuned, as its runs state; absent if nothing is stated.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>Entries of the same name and owner that do not count; absent if there are none.</summary>
    public IReadOnlyList<UncountedRunDocument>? Uncounted { get; init; }

    /// <summary>Its URLs.</summary>
    public required MethodLinks Links { get; init; }

    /// <summary>Creates the document of a method.</summary>
    public static MethodDocument Of(RankedMethod method, MethodBoard board)
    {
        var group = method.Group;
        return new MethodDocument
        {
            Rank = method.Rank.Rank,
            RankInterval = [method.Rank.Lowest, method.Rank.Highest],
            AmongBest = method.Rank.IsAmongBest,
            Name = group.PathName,
            Method = group.Method,
            Submitter = group.Submitter,
            Kind = group.Kind,
            Score = method.Score,
            ScoreInterval = method.Estimate.Interval.ToArray(),
            RunDeviation = method.Deviation,
            Variance = MethodVarianceDocument.Of(method.Estimate.Variance),
            Runs =
            [
                .. group.Runs.Select(r => new MethodRunDocument(r.Entry.Run!, r.Entry.Id, r.Score!.Value, SubmissionLinks.For(r.Entry.Id))),
            ],
            Splits = board
                .Benchmark.TestSplits.Select(s => (s.Name, Numbers: method.OnSplit(s.Name)))
                .Where(s => s.Numbers is not null)
                .ToDictionary(s => s.Name, s => new MethodSplitDocument(s.Numbers!.Value.Mean, s.Numbers.Value.Deviation)),
            Protocol = group.Protocol.IsEmpty ? null : group.Protocol,
            Uncounted = group.Uncounted.Count == 0 ? null : [.. group.Uncounted.Select(UncountedRunDocument.Of)],
            Links = MethodLinks.For(board.Benchmark.Slug, group.PathName),
        };
    }
}

/// <summary>The parts of the variance of a method's score, or of a difference.</summary>
/// <param name="Images">The variance from the test images or clusters.</param>
/// <param name="Runs">The variance from the runs: s²/S, summed over the methods.</param>
/// <param name="Degrees">Satterthwaite's degrees of freedom; absent if the variance is known.</param>
internal sealed record MethodVarianceDocument(double Images, double Runs, double? Degrees)
{
    /// <summary>Creates the document of a variance.</summary>
    public static MethodVarianceDocument Of(MethodVariance variance) =>
        new(variance.Images, variance.Runs, double.IsFinite(variance.Degrees) ? variance.Degrees : null);
}

/// <summary>A run of a method.</summary>
/// <param name="Run">The run, usually the seed.</param>
/// <param name="Id">The submission.</param>
/// <param name="Score">Its mean balanced error over the ranking splits, 0..1.</param>
/// <param name="Links">Its URLs.</param>
internal sealed record MethodRunDocument(string Run, Guid Id, double Score, SubmissionLinks Links);

/// <summary>The balanced error of a method on a split.</summary>
/// <param name="Mean">The mean over the runs, 0..1.</param>
/// <param name="Deviation">The standard deviation over the runs.</param>
internal sealed record MethodSplitDocument(double Mean, double Deviation);

/// <summary>Declared runs that are not ranked.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Submitter">Its owner.</param>
/// <param name="Runs">The number of complete runs.</param>
/// <param name="Problems">Why it is not ranked.</param>
/// <param name="Uncounted">The entries that do not count as runs, each with the reason.</param>
internal sealed record UnrankedMethodDocument(
    string Method,
    string Submitter,
    int Runs,
    IReadOnlyList<string> Problems,
    IReadOnlyList<UncountedRunDocument> Uncounted
)
{
    /// <summary>Creates the document of a group.</summary>
    public static UnrankedMethodDocument Of(MethodGroup group) =>
        new(group.Method, group.Submitter, group.Runs.Count, group.Problems, [.. group.Uncounted.Select(UncountedRunDocument.Of)]);
}

/// <summary>An entry that does not count as a run.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Run">Its run; absent if not stated.</param>
/// <param name="Reason">Why it does not count.</param>
internal sealed record UncountedRunDocument(Guid Id, string? Run, string Reason)
{
    /// <summary>Creates the document of an entry.</summary>
    public static UncountedRunDocument Of(UncountedRun uncounted) => new(uncounted.Row.Entry.Id, uncounted.Row.Entry.Run, uncounted.Reason);
}

/// <summary>A method with its tests against all others.</summary>
/// <param name="Method">The method.</param>
/// <param name="Comparisons">Its tests, best other method first.</param>
internal sealed record MethodDetailDocument(MethodDocument Method, IReadOnlyList<MethodComparisonDocument> Comparisons)
{
    /// <summary>Creates the document of a method.</summary>
    public static MethodDetailDocument Of(RankedMethod method, MethodBoard board) =>
        new(MethodDocument.Of(method, board), [.. board.CompareWithOthers(method).Select(MethodComparisonDocument.Of)]);
}

/// <summary>A test of a method against another.</summary>
/// <param name="Other">The other method's name in URLs.</param>
/// <param name="Method">The other method's name.</param>
/// <param name="Difference">The method's score minus the other's; negative if it is better.</param>
/// <param name="DifferenceInterval">The 95% interval of the difference, lower and upper; not adjusted.</param>
/// <param name="P">The two-sided p of no difference.</param>
/// <param name="AdjustedP">The same, adjusted by Holm for all pairs of methods.</param>
/// <param name="Variance">The parts of the difference's variance.</param>
internal sealed record MethodComparisonDocument(
    string Other,
    string Method,
    double Difference,
    double[] DifferenceInterval,
    double P,
    double AdjustedP,
    MethodVarianceDocument Variance
)
{
    /// <summary>Creates the document of a test.</summary>
    public static MethodComparisonDocument Of(MethodComparison comparison) =>
        new(
            comparison.Other.Group.PathName,
            comparison.Other.Group.Method,
            comparison.Difference.Value,
            comparison.Difference.Interval.ToArray(),
            comparison.Difference.P,
            comparison.AdjustedP,
            MethodVarianceDocument.Of(comparison.Difference.Variance)
        );
}

/// <summary>The paths of a method.</summary>
/// <param name="Self">Its path in the API.</param>
/// <param name="Page">The path of its page.</param>
internal sealed record MethodLinks(string Self, string Page)
{
    /// <summary>Creates the paths of a method.</summary>
    public static MethodLinks For(string slug, string name) =>
        new($"/api/benchmarks/{slug}/methods/{name}", $"/benchmarks/{slug}/methods/{name}");
}
