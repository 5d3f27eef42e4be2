using System.Globalization;
using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>
/// A row of a list of problems. Problems whose messages differ only in a value or two, such as the ids of 43 missing images, are one
/// row. The script of the submit page does the same with the problems of an answer (problems.js).
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Lines">The lines: <c>6</c>, <c>6\u201325, 31</c>, or a dash for problems without a line.</param>
/// <param name="Column">The column, or a dash.</param>
/// <param name="Message">The message of the first problem.</param>
public sealed record ProblemRow(string File, string Lines, string Column, string Message)
{
    /// <summary>The minimum number of similar problems that become one row.</summary>
    private const int MinimumSimilar = 4;

    /// <summary>The maximum number of values and of line ranges that a row lists.</summary>
    private const int MaximumListed = 5;

    /// <summary>Values are the id of an image and, sometimes, a line or a similar id.</summary>
    private const int MaximumValues = 2;

    /// <summary>The values of the other problems of the row, such as "and 42 more: 00018, 00031, ..."; null for one problem.</summary>
    public string? Others { get; init; }

    /// <summary>Creates the rows of problems of one kind, in the order of their first problems.</summary>
    public static IReadOnlyList<ProblemRow> Of(IEnumerable<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var groups = new List<List<Problem>>();
        foreach (var problem in problems)
        {
            if (groups.FirstOrDefault(g => FindValue(g[0], problem) is not null) is { } similar)
            {
                similar.Add(problem);
            }
            else
            {
                groups.Add([problem]);
            }
        }

        return [.. groups.SelectMany(Split).Select(Create)];
    }

    /// <summary>A few problems with different messages stay apart, because each says all there is to say.</summary>
    private static IEnumerable<List<Problem>> Split(List<Problem> group) =>
        group.Count >= MinimumSimilar || group.All(p => p.Message == group[0].Message)
            ? [group]
            : group.Select(p => new List<Problem> { p });

    private static ProblemRow Create(List<Problem> group)
    {
        var first = group[0];
        string[] values = [.. group.Skip(1).Select(p => FindValue(first, p)!).Where(v => v.Length > 0).Distinct()];
        return new ProblemRow(first.File, LinesOf([.. group.Select(p => p.Line).OfType<int>()]), first.Column ?? "\u2013", first.Message)
        {
            Others = values.Length == 0 ? null : $"and {Count(group.Count - 1)} more: {Join(values)}",
        };
    }

    /// <summary>
    /// The value in which a problem differs from the first one of a row: empty if the messages are the same, null if the problem
    /// does not belong to the row.
    /// </summary>
    private static string? FindValue(Problem first, Problem other)
    {
        if ((first.File, first.Column, first.Line is null) != (other.File, other.Column, other.Line is null))
        {
            return null;
        }

        var (words, others) = (first.Message.Split(' '), other.Message.Split(' '));
        if (words.Length != others.Length)
        {
            return null;
        }

        string[] different = [.. others.Where((word, i) => word != words[i])];
        return different.Length > Math.Min(MaximumValues, words.Length / 2) ? null : different.FirstOrDefault("").TrimEnd(',', ';', ':');
    }

    private static string LinesOf(int[] lines)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var line in lines)
        {
            if (ranges is [.., var last] && line == last.Last + 1)
            {
                ranges[^1] = (last.First, line);
            }
            else
            {
                ranges.Add((line, line));
            }
        }

        return ranges.Count == 0 ? "\u2013" : Join([.. ranges.Select(r => r.First == r.Last ? $"{r.First}" : $"{r.First}\u2013{r.Last}")]);
    }

    private static string Join(string[] texts) =>
        string.Join(", ", texts.Take(MaximumListed)) + (texts.Length > MaximumListed ? ", ..." : "");

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
