using System.Collections.Concurrent;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>A benchmark's whole leaderboard as of some moment: what every page and call about it shows. Immutable.</summary>
public sealed record Board
{
    private readonly ConcurrentDictionary<string, (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line)> _robustness = new();
    private bool? _hasReported;

    /// <summary>The benchmark.</summary>
    public required Benchmark Benchmark { get; init; }

    /// <summary>The entries, best first.</summary>
    public required IReadOnlyList<RankedEntry> Rows { get; init; }

    /// <summary>How many entries still show the scores of older labels or of an older evaluator.</summary>
    public required int Outdated { get; init; }

    /// <summary>How many entries wait with their first scores until those are shown anew, all at once.</summary>
    public required int Held { get; init; }

    /// <summary>What the paired tests say.</summary>
    public required BoardTests Tests { get; init; }

    /// <summary>What accuracy under shift is usual; null with fewer than five entries.</summary>
    public RobustnessLine? Line { get; init; }

    /// <summary>The largest error of any test split, the darkest cell of the table.</summary>
    public double LargestError { get; init; }

    /// <summary>What can be concluded from it, in words. Like all below made once, when a page first wants it: a page must not go through 10,000 rows.</summary>
    public string Conclusion => field ??= BoardSummary.Of(this);

    /// <summary>How its intervals were made, in words; empty where it has none.</summary>
    public string IntervalMethods => field ??= Leaderboards.IntervalMethods.Of(Rows, Benchmark);

    /// <summary>The lowest error of each test split, by the split's name.</summary>
    public IReadOnlyDictionary<string, RankedEntry> Best =>
        field ??= Benchmark
            .TestSplits.Select(s =>
                (s.Name, Row: Rows.Where(r => r.Entry.Splits.ContainsKey(s.Name)).MinBy(r => r.Entry.Splits[s.Name].BalancedError))
            )
            .Where(b => b.Row is not null)
            .ToDictionary(b => b.Name, b => b.Row!);

    /// <summary>The entries that have a gap, least first.</summary>
    public IReadOnlyList<RankedEntry> ByGap => field ??= [.. Rows.Where(r => r.Gap is not null).OrderBy(r => r.Gap!.Value)];

    /// <summary>The entries that have an effective robustness, most robust first.</summary>
    public IReadOnlyList<RankedEntry> ByRobustness =>
        field ??= [.. Rows.Where(r => r.Shift.EffectiveRobustness is not null).OrderByDescending(r => r.Shift.EffectiveRobustness!.Value)];

    /// <summary>The families of its entries, in the order of <see cref="MethodFamily.All"/>.</summary>
    public IReadOnlyList<string> Families =>
        field ??= [.. MethodFamily.All.Select(f => f.Name).Where(Rows.Select(r => r.Entry.Family).ToHashSet().Contains)];

    /// <summary>The best entry whose predictions are known and whose scores are published; null where there is none.</summary>
    public RankedEntry? BestScored => Rows.FirstOrDefault(r => r.Rank is not null && r.Entry.EvaluationId is not null);

    /// <summary>Whether results of publications are on it.</summary>
    public bool HasReported => _hasReported ??= Rows.Any(r => r.Entry.Kind == SubmissionKind.Reported);

    /// <summary>The line of each shifted split alone, where enough entries have it.</summary>
    public IReadOnlyDictionary<string, RobustnessLine> ShiftedLines =>
        field ??= Benchmark
            .TestSplits.Where(s => s.Name != Benchmark.Reference)
            .Select(s => (s.Name, Robustness(s.Name).Line))
            .Where(l => l.Line is not null)
            .ToDictionary(l => l.Name, l => l.Line!);

    /// <summary>The points and the line of the chart of a shifted split, of the mean over the ranking splits where it is null.</summary>
    public (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line) Robustness(string? split) =>
        _robustness.GetOrAdd(split ?? "", _ => RobustnessPoint.Of(Rows, Benchmark, split));

    /// <summary>Puts a board together.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="ranked">Of <see cref="Ranker"/>.</param>
    /// <param name="counts">Entries that show old scores, entries that wait.</param>
    /// <param name="contest">Who is tested.</param>
    /// <param name="outcome">What the tests say; null while they are being computed.</param>
    internal static Board Of(
        Benchmark benchmark,
        IReadOnlyList<RankedEntry> ranked,
        (int Outdated, int Held) counts,
        RankTestInput contest,
        RankTestOutcome? outcome
    )
    {
        var line = ShiftCosts.Line(ranked, benchmark);
        var isShared = outcome?.Intervals?.Values.Count(i => i.IsAmongBest) > 1;
        var untestedBefore = 0;
        var rows = new List<RankedEntry>(ranked.Count);
        var group = (Score: (double?)null, Before: 0);
        foreach (var row in ranked)
        {
            // Equals of an untested row are not behind it.
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
                        contest.Entries.Count > 1 && known is { } range
                            ? (range.Lowest + group.Before, range.Highest + group.Before)
                            : null,
                    IsTiedWithBest = contest.Entries.Count > 1 && known is { } test ? test.IsAmongBest && isShared : null,
                    ScoreInterval = ShiftCosts.ScoreInterval(row, benchmark),
                    GapInterval = ShiftCosts.ScoreGapInterval(row, benchmark),
                    Shift = ShiftCosts.Of(row, benchmark, line),
                }
            );
        }

        return new Board
        {
            Benchmark = benchmark,
            Rows = rows,
            Outdated = counts.Outdated,
            Held = counts.Held,
            Tests = BoardTests.Of(rows, contest, outcome),
            Line = line,
            LargestError = LargestOf(rows, benchmark),
        };
    }

    private static double LargestOf(List<RankedEntry> rows, Benchmark benchmark)
    {
        string[] tests = [.. benchmark.TestSplits.Select(s => s.Name)];
        var largest = 0.0;
        foreach (var row in rows)
        {
            foreach (var split in tests)
            {
                largest = row.Entry.Splits.TryGetValue(split, out var score) ? Math.Max(largest, score.BalancedError) : largest;
            }
        }

        return largest;
    }
}
