using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards;

/// <summary>The errors of an entry across the test splits, as the chart draws them.</summary>
/// <param name="Label">How the chart names it.</param>
/// <param name="Family">Its family.</param>
/// <param name="Errors">One a test split, 0..1.</param>
/// <param name="IsBest">Whether it is drawn in full colour: the best of its family by rank, or the entry that a chart is about.</param>
public sealed record ShiftLine(string Label, string Family, IReadOnlyList<double> Errors, bool IsBest)
{
    /// <summary>The most lines of a chart: more say nothing, and each is bytes.</summary>
    public const int Maximum = 200;

    private const char Ellipsis = '\u2026';

    /// <summary>The entry.</summary>
    public Guid Id { get; init; }

    /// <summary>The entry's whole name.</summary>
    public string Method { get; init; } = Label;

    /// <summary>The 95% interval of each error; null for reported results.</summary>
    public IReadOnlyList<Interval?> Intervals { get; init; } = [];

    /// <summary>The columns of the chart: the test splits on which an entry has a score. One without labels has none.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="benchmark">Their benchmark.</param>
    public static IReadOnlyList<Split> SplitsOf(IReadOnlyList<RankedEntry> board, Benchmark benchmark) =>
        [.. benchmark.TestSplits.Where(s => board.Any(r => r.Entry.Splits.ContainsKey(s.Name)))];

    /// <summary>The lines of the entries that have a score on every split of the chart, of the best 200 of them.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="splits">The chart's splits.</param>
    /// <param name="about">The entry that the chart is about, which is then the only one in colour, however low it ranks.</param>
    public static IReadOnlyList<ShiftLine> Of(IReadOnlyList<RankedEntry> board, IReadOnlyList<Split> splits, Guid? about = null)
    {
        var seen = new HashSet<string>();
        var complete = board.Where(r => r.Rank is not null && IsComplete(r.Entry, splits));
        var shown = about is null ? complete.Take(Maximum) : complete.Where((r, i) => i < Maximum || r.Entry.Id == about);
        return [.. shown.Select(r => OfEntry(r.Entry, splits, about is null ? seen.Add(r.Entry.Family) : r.Entry.Id == about))];
    }

    /// <summary>Whether an entry has a score on each of the splits, which its line takes.</summary>
    public static bool IsComplete(LeaderboardEntry entry, IEnumerable<Split> splits) => splits.All(s => entry.Splits.ContainsKey(s.Name));

    private static ShiftLine OfEntry(LeaderboardEntry entry, IReadOnlyList<Split> splits, bool isBest)
    {
        var label = MethodFamily.FindPrefix(entry.Features ?? entry.Method)?.Trim() ?? entry.Method;
        double[] errors = [.. splits.Select(s => entry.Splits[s.Name].BalancedError)];
        return new ShiftLine(Shorten(label), entry.Family, errors, isBest)
        {
            Id = entry.Id,
            Method = entry.Method,
            Intervals = [.. splits.Select(s => entry.Splits[s.Name].Interval)],
        };
    }

    /// <summary>Cuts a name to the chart's margin.</summary>
    private static string Shorten(string label)
    {
        if (label.Sum(WidthOf) <= ShiftLayout.LabelLength)
        {
            return label;
        }

        var width = WidthOf(Ellipsis);
        return string.Concat(label.TakeWhile(letter => (width += WidthOf(letter)) <= ShiftLayout.LabelLength)).TrimEnd() + Ellipsis;
    }

    /// <summary>About how wide a bold letter is, in those of usual width; which font the reader has is not known.</summary>
    private static double WidthOf(char letter) =>
        letter switch
        {
            >= '\u1100' or Ellipsis or 'M' or 'W' or 'm' or 'w' or '@' or '%' => 1.5,
            'f' or 'i' or 'j' or 'l' or 'r' or 't' or 'I' or ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' => 0.6,
            >= 'A' and <= 'Z' or >= '0' and <= '9' => 1.05,
            _ => 0.98,
        };
}
