using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Leaderboards;

/// <summary>A line of the chart of errors across the shift: the errors of one entry on the test splits.</summary>
/// <param name="Label">The label in the chart.</param>
/// <param name="Family">The family of the method.</param>
/// <param name="Errors">The error per test split, 0..1.</param>
/// <param name="IsBest">Whether it is highlighted: the best of its family by rank, or the entry that the chart is about.</param>
public sealed record ShiftLine(string Label, string Family, IReadOnlyList<double> Errors, bool IsBest)
{
    /// <summary>The maximum number of lines in a chart. More would be unreadable and make the page larger.</summary>
    public const int Maximum = 200;

    /// <summary>The id of the entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The full name of the entry's method.</summary>
    public string Method { get; init; } = Label;

    /// <summary>The 95% interval of each error; null for reported results.</summary>
    public IReadOnlyList<Interval?> Intervals { get; init; } = [];

    /// <summary>The columns of the chart: the test splits on which at least one entry has a score.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="benchmark">Their benchmark.</param>
    public static IReadOnlyList<Split> SplitsOf(IReadOnlyList<RankedEntry> board, Benchmark benchmark) =>
        [.. benchmark.TestSplits.Where(s => board.Any(r => r.Entry.Splits.ContainsKey(s.Name)))];

    /// <summary>Creates the lines of the best 200 entries that have a score on every split of the chart.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="splits">The chart's splits.</param>
    /// <param name="about">The entry that the chart is about: always included, and the only one highlighted.</param>
    public static IReadOnlyList<ShiftLine> CreateAll(IReadOnlyList<RankedEntry> board, IReadOnlyList<Split> splits, Guid? about = null)
    {
        var seen = new HashSet<string>();
        var complete = board.Where(r => r.Rank is not null && IsComplete(r.Entry, splits));
        var shown = about is null ? complete.Take(Maximum) : complete.Where((r, i) => i < Maximum || r.Entry.Id == about);
        return [.. shown.Select(r => Create(r.Entry, splits, about is null ? seen.Add(r.Entry.Family) : r.Entry.Id == about))];
    }

    /// <summary>Whether an entry has a score on every split, which a line requires. A guarded board may show no split at all.</summary>
    public static bool IsComplete(LeaderboardEntry entry, IReadOnlyCollection<Split> splits) =>
        splits.Count > 0 && splits.All(s => entry.Splits.ContainsKey(s.Name));

    private static ShiftLine Create(LeaderboardEntry entry, IReadOnlyList<Split> splits, bool isBest)
    {
        var label = MethodFamily.FindPrefix(entry.Features ?? entry.Method)?.Trim() ?? entry.Method;
        double[] errors = [.. splits.Select(s => entry.Splits[s.Name].BalancedError)];
        return new ShiftLine(ChartLabel.Shorten(label, ShiftLayout.LabelLength), entry.Style, errors, isBest)
        {
            Id = entry.Id,
            Method = entry.Method,
            Intervals = [.. splits.Select(s => entry.Splits[s.Name].Interval)],
        };
    }
}
