using Coos.Evaluator.Consistency;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Consistencies;

/// <summary>The error consistency of a group of entries. Immutable.</summary>
internal sealed record ConsistencyResult
{
    /// <summary>The number of entries of which an ensemble is considered.</summary>
    public const int EnsembleSize = 5;

    /// <summary>The number of pairs that are listed at each end.</summary>
    private const int ListedPairs = 10;

    /// <summary>The entries.</summary>
    public required EntryGroup Group { get; init; }

    /// <summary>The labels; null without entries.</summary>
    public ConsistencyLayout? Layout { get; init; }

    /// <summary>The encoded predictions of the entries, in the order of the group.</summary>
    public IReadOnlyList<EncodedCorrectness> Evidence { get; init; } = [];

    /// <summary>The kappa of all pairs, by the places of the entries in the group; null without entries.</summary>
    public KappaTable? Table { get; init; }

    /// <summary>The response.</summary>
    public required ConsistencyDocument Document { get; init; }

    /// <summary>The pairs that organisers see; computed on first use, because organisers open few boards.</summary>
    public CloneReport Clones => field ??= CloneReport.Create(this);

    /// <summary>The result of a group without entries.</summary>
    public static ConsistencyResult CreateEmpty(Benchmark benchmark, EntryGroup group) =>
        new()
        {
            Group = group,
            Document = new ConsistencyDocument
            {
                Benchmark = benchmark.Slug,
                Splits = group.Splits,
                Excluded = group.Others,
            },
        };

    /// <summary>Computes the result.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="group">The entries, at least one.</param>
    /// <param name="layout">The labels.</param>
    /// <param name="evidence">The encoded predictions of the entries, in the order of the group.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ConsistencyResult Compute(
        Benchmark benchmark,
        EntryGroup group,
        ConsistencyLayout layout,
        IReadOnlyList<EncodedCorrectness> evidence,
        CancellationToken cancellation
    )
    {
        var table = KappaTable.Compute(layout, evidence, 1, cancellation);
        var order = AverageLinkage.Order(table);
        var result = CreateEmpty(benchmark, group) with { Layout = layout, Evidence = evidence, Table = table };
        var pairs = table.List().OrderByDescending(p => p.Kappa).ThenBy(p => p.First).ThenBy(p => p.Second).ToList();
        return result with
        {
            Document = result.Document with
            {
                Images = layout.Images,
                Entries = [.. order.Select(i => Describe(group.Rows[i], evidence[i]))],
                Kappas = [.. order.Select((i, row) => order.Take(row).Select(j => Round(table.Get(i, j))).ToArray())],
                MostAlike = [.. pairs.Take(ListedPairs).Select(p => result.DescribePair(p.Second, p.First))],
                LeastAlike =
                [
                    .. pairs
                        .Skip(Math.Max(ListedPairs, pairs.Count - ListedPairs))
                        .Reverse()
                        .Select(p => result.DescribePair(p.Second, p.First)),
                ],
                Ensemble = evidence.Count < 2 ? null : result.DescribeEnsemble(),
            },
        };
    }

    /// <summary>Describes a pair of entries whose kappa is defined, with its interval.</summary>
    public ConsistentPair DescribePair(int better, int worse)
    {
        var pair = Layout!.Compute(Evidence[better], Evidence[worse]);
        var interval = KappaInterval.Compute(Layout, Evidence[better], Evidence[worse]);
        return new ConsistentPair(
            Group.Rows[better].Entry.Id,
            Group.Rows[worse].Entry.Id,
            pair.Kappa!.Value,
            interval?.Interval.ToArray(),
            interval?.Unit,
            pair.Agreement,
            pair.Expected,
            pair.Oracle
        );
    }

    private EnsembleOracle DescribeEnsemble()
    {
        int[] best = [.. Enumerable.Range(0, Evidence.Count).OrderByDescending(i => Evidence[i].Accuracy).Take(EnsembleSize)];
        return new EnsembleOracle(
            [.. best.Select(i => Group.Rows[i].Entry.Id)],
            Evidence[best[0]].Accuracy,
            Layout!.ComputeOracle([.. best.Select(i => Evidence[i])])
        );
    }

    private static ConsistentEntry Describe(RankedEntry row, EncodedCorrectness evidence) =>
        new(row.Entry.Id, row.Entry.Method, row.Entry.Submitter, row.Entry.Kind, row.Rank, evidence.Accuracy);

    private static double? Round(double? kappa) => kappa is { } known ? Math.Round(known, 6) : null;
}
