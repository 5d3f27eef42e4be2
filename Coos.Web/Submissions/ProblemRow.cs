using System.Globalization;
using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>A row of a list of problems. The same problem on consecutive lines is one row.</summary>
/// <param name="File">The file.</param>
/// <param name="Lines">The lines: <c>6</c>, <c>6\u201325</c>, or a dash for a problem without a line.</param>
/// <param name="Column">The column, or a dash.</param>
/// <param name="Message">The message.</param>
public sealed record ProblemRow(string File, string Lines, string Column, string Message)
{
    /// <summary>Creates the rows of problems of one kind, in their order.</summary>
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
