using System.Collections.Concurrent;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>A snapshot of a benchmark's whole leaderboard, which all pages and API calls use. Immutable.</summary>
public sealed record Board
{
    private readonly ConcurrentDictionary<string, (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line)> _robustness = new();
    private volatile bool _isResampled;
    private bool? _hasReported;

    /// <summary>The benchmark.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>The entries, best first.</summary>
    public required IReadOnlyList<RankedEntry> Rows { get; init; }

    /// <summary>The number of entries that still show scores of older labels or an older evaluator.</summary>
    public required int Outdated { get; init; }

    /// <summary>The number of newly scored entries that wait until the outdated ones are rescored, so that all appear at once.</summary>
    public required int Held { get; init; }

    /// <summary>The result of the paired tests.</summary>
    public required BoardTests Tests { get; init; }

    /// <summary>The uncertainty of the line; null without a reliable line, or with fewer than three families of methods.</summary>
    public RobustnessBootstrap? Bootstrap
    {
        get
        {
            if (!_isResampled)
            {
                // Two requests may both compute it; the results are the same.
                field = Line is { IsReliable: true }
                    ? ShiftCosts.Resample(Rows, Benchmark)
                    : null;
                _isResampled = true;
            }

            return field;
        }
    }

    /// <summary>
    /// The label of entries for which <see cref="RankedEntry.IsTiedWithBest"/> is true. Rows without predictions may rank above the best
    /// tested entry, and nothing is known about the difference from them.
    /// </summary>
    public string TieLabel =>
        field ??= BoardSummary.HasUntestedLead(this) ? "no difference shown from the best tested" : "no difference shown from the best";

    /// <summary>The usual accuracy under shift, as a fitted line; null with fewer than five entries.</summary>
    public RobustnessLine? Line { get; init; }

    /// <summary>The largest error on any test split: the darkest cell of the table.</summary>
    public double LargestError { get; init; }

    /// <summary>
    /// A summary of the board in words. Like the properties below it is computed once, on first use, because a page must not
    /// process 10,000 rows.
    /// </summary>
    public string Conclusion => field ??= BoardSummary.Describe(this);

    /// <summary>The methods of the board's intervals, in words; empty if it has none.</summary>
    public string IntervalMethods => field ??= Leaderboards.IntervalMethods.Describe(Rows, Benchmark);

    /// <summary>The entry with the lowest error on each test split, by the split's name.</summary>
    public IReadOnlyDictionary<string, RankedEntry> Best =>
        field ??= Benchmark
            .TestSplits.Select(s =>
                (s.Name, Row: Rows.Where(r => r.Entry.Splits.ContainsKey(s.Name)).MinBy(r => r.Entry.Splits[s.Name].Loss))
            )
            .Where(b => b.Row is not null)
            .ToDictionary(b => b.Name, b => b.Row!);

    /// <summary>The entries with a gap, smallest first.</summary>
    public IReadOnlyList<RankedEntry> ByGap => field ??= [.. Rows.Where(r => r.Gap is not null).OrderBy(r => r.Gap!.Value)];

    /// <summary>The entries with an effective robustness, most robust first.</summary>
    public IReadOnlyList<RankedEntry> ByRobustness =>
        field ??= [.. Rows.Where(r => r.Shift.EffectiveRobustness is not null).OrderByDescending(r => r.Shift.EffectiveRobustness!.Value)];

    /// <summary>
    /// The families of its entries with their styles: the known ones in their order, then those that submitters name, most entries first.
    /// </summary>
    public IReadOnlyList<(string Name, string Style)> Families =>
        field ??= [
            .. Rows.GroupBy(r => r.Entry.Family, StringComparer.OrdinalIgnoreCase)
                .OrderBy(g => MethodFamily.OrderOf(g.Key))
                .ThenByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.OrdinalIgnoreCase)
                .Select(g => (g.Key, g.First().Entry.Style)),
        ];

    /// <summary>Finds an entry; null if it is not on the board.</summary>
    public RankedEntry? Find(Guid id) => ById.GetValueOrDefault(id);

    private Dictionary<Guid, RankedEntry> ById => field ??= Rows.ToDictionary(r => r.Entry.Id);

    /// <summary>The best entry with known predictions and published scores; null if there is none.</summary>
    public RankedEntry? BestScored => Rows.FirstOrDefault(r => r.Rank is not null && r.Entry.EvaluationId is not null);

    /// <summary>
    /// Whether the score of an entry with predictions is shown for a split. Until then nobody may see how many images of each class
    /// and cluster the split has.
    /// </summary>
    public bool HasScores(string split) => Rows.Any(r => r.Entry.EvaluationId is not null && r.Entry.Splits.ContainsKey(split));

    /// <summary>Whether the board has results reported in publications.</summary>
    public bool HasReported => _hasReported ??= Rows.Any(r => r.Entry.Kind == SubmissionKind.Reported);

    /// <summary>The fitted line of each shifted split, for splits with enough entries.</summary>
    public IReadOnlyDictionary<string, RobustnessLine> ShiftedLines =>
        field ??= Benchmark
            .TestSplits.Where(s => s.Name != Benchmark.Reference)
            .Select(s => (s.Name, GetRobustness(s.Name).Line))
            .Where(l => l.Line is not null)
            .ToDictionary(l => l.Name, l => l.Line!);

    /// <summary>
    /// The points and the line of the robustness chart of a shifted split; null means the mean over the ranking splits.
    /// </summary>
    public (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line) GetRobustness(string? split) =>
        _robustness.GetOrAdd(split ?? "", _ => RobustnessPoint.Compute(Rows, Benchmark, split));

    /// <summary>
    /// Computes the 95% interval of an entry's effective robustness; null if it has none, or the line has no uncertainty.
    /// </summary>
    public Interval? FindRobustnessInterval(RankedEntry row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Shift.EffectiveRobustness is not null && ShiftCosts.FindAccuracies(row, Benchmark) is { } both
            ? Bootstrap?.ComputeInterval(both.Reference, both.Shifted)
            : null;
    }

    /// <summary>Creates a board from ranked entries and test results.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="ranked">The entries as ranked by <see cref="Ranker"/>.</param>
    /// <param name="counts">The number of entries that show old scores, and of entries that wait.</param>
    /// <param name="input">The entries that are tested.</param>
    /// <param name="outcome">The result of the tests; null while they are being computed.</param>
    internal static Board Create(
        Benchmark benchmark,
        IReadOnlyList<RankedEntry> ranked,
        (int Outdated, int Held) counts,
        RankTestInput input,
        RankTestOutcome? outcome
    )
    {
        var line = ShiftCosts.FitLine(ranked, benchmark);
        var others = OtherRanks.Compute(ranked, benchmark);
        var isShared = outcome?.Intervals?.Values.Count(i => i.IsAmongBest) > 1;
        var untestedBefore = 0;
        var rows = new List<RankedEntry>(ranked.Count);
        var group = (Score: (double?)null, Before: 0);
        foreach (var row in ranked)
        {
            // Rows with the same score as an untested row do not rank behind it.
            group = row.Score == group.Score ? group : (row.Score, untestedBefore);
            var known =
                outcome?.Intervals is { } intervals && intervals.TryGetValue(row.Entry.Id, out var interval)
                    ? interval
                    : (RankInterval?)null;
            untestedBefore += known is null ? 1 : 0;
            rows.Add(
                row with
                {
                    Interval =
                        input.Entries.Count > 1 && known is { } range ? (range.Lowest + group.Before, range.Highest + group.Before) : null,
                    IsTiedWithBest = input.Entries.Count > 1 && known is { } test ? test.IsAmongBest && isShared : null,
                    ScoreInterval = ShiftCosts.ComputeScoreInterval(row, benchmark),
                    GapInterval = ShiftCosts.ComputeGapInterval(row, benchmark),
                    OtherRanks = others.GetValueOrDefault(row.Entry.Id),
                    Shift = ShiftCosts.ComputeShift(row, benchmark, line),
                }
            );
        }

        return new Board
        {
            Benchmark = benchmark,
            Rows = rows,
            Outdated = counts.Outdated,
            Held = counts.Held,
            Tests = BoardTests.Create(rows, input, outcome),
            Line = line,
            LargestError = FindLargestError(rows, benchmark),
        };
    }

    private static double FindLargestError(List<RankedEntry> rows, Benchmark benchmark)
    {
        string[] tests = [.. benchmark.TestSplits.Select(s => s.Name)];
        var largest = 0.0;
        foreach (var row in rows)
        {
            foreach (var split in tests)
            {
                largest = row.Entry.Splits.TryGetValue(split, out var score) ? Math.Max(largest, score.Loss) : largest;
            }
        }

        return largest;
    }
}
