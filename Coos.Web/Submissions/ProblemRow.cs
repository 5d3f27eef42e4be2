using System.Globalization;
using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>A row of a list of problems: the same thing said of lines in a row is said once.</summary>
/// <param name="File">The file.</param>
/// <param name="Lines">Where: <c>6</c>, <c>6\u201325</c>, a dash for a problem of no line.</param>
/// <param name="Column">The column, a dash for none.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ProblemRow(string File, string Lines, string Column, string Message)
{
    /// <summary>The rows of problems of one kind, in their order.</summary>
    public static IReadOnlyList<ProblemRow> Of(IEnumerable<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var runs = new List<(Problem First, int? Last)>();
        foreach (var problem in problems)
        {
            if (
                runs is [.., var run]
                && run.Last is { } last
                && problem.Line == last + 1
                && (problem.File, problem.Column, problem.Message) == (run.First.File, run.First.Column, run.First.Message)
            )
            {
                runs[^1] = (run.First, problem.Line);
            }
            else
            {
                runs.Add((problem, problem.Line));
            }
        }

        return
        [
            .. runs.Select(r => new ProblemRow(r.First.File, LinesOf(r.First.Line, r.Last), r.First.Column ?? "\u2013", r.First.Message)),
        ];
    }

    private static string LinesOf(int? first, int? last) =>
        first is null ? "\u2013" : string.Create(CultureInfo.InvariantCulture, $"{first}{(first == last ? "" : $"\u2013{last}")}");
}
