using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;

namespace Coos.Web.Leaderboards;

/// <summary>A line of the chart of errors across the shift: the errors of one entry on the test splits.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Method">The name of the entry's method.</param>
/// <param name="Style">The style of the method's family.</param>
/// <param name="Errors">The loss per test split: the error, or 1 - the value of a metric whose higher values are better.</param>
/// <param name="Intervals">The 95% interval of each error; null for reported results.</param>
public sealed record ShiftLine(Guid Id, string Method, string Style, IReadOnlyList<double> Errors, IReadOnlyList<Interval?> Intervals)
{
    /// <summary>Whether it is an entry of the reader.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Creates the line of an entry that has a score on each split.</summary>
    internal static ShiftLine Create(LeaderboardEntry entry, IEnumerable<string> splits)
    {
        List<EntryScore> scores = [.. splits.Select(s => entry.Splits[s])];
        return new ShiftLine(entry.Id, entry.Method, entry.Style, [.. scores.Select(s => s.Loss)], [.. scores.Select(s => s.Interval)]);
    }
}
