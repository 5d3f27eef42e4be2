using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>A leaderboard as words and numbers, from which Markdown and LaTeX are written.</summary>
/// <param name="Columns">The columns, best known first.</param>
/// <param name="Rows">A cell a column.</param>
internal sealed record BoardText(IReadOnlyList<BoardColumn> Columns, IReadOnlyList<IReadOnlyList<BoardCell>> Rows)
{
    private const string None = "\u2013";

    /// <summary>Some rows of a board. The lowest error of each column among them is marked, as tables of papers do.</summary>
    public static BoardText Of(Benchmark benchmark, IReadOnlyList<RankedEntry> rows)
    {
        Split[] splits = [.. benchmark.TestSplits];
        var best = splits.ToDictionary(s => s.Name, s => Lowest(rows.Select(r => r.Entry.Splits.GetValueOrDefault(s.Name)?.BalancedError)));
        var bestMean = Lowest(rows.Select(r => r.Score));
        return new BoardText(
            [
                new("Rank", true),
                new("Method", false),
                new("By", false),
                .. splits.Select(s => new BoardColumn(s.Title, true)),
                new("Mean", true),
                new("Gap", true),
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<BoardCell>)
                        [
                            new(
                                r.Rank?.ToString(CultureInfo.InvariantCulture) ?? None,
                                r.Interval is { } range ? $"{range.Lowest}\u2013{range.Highest}" : null,
                                false
                            ),
                            new(r.Entry.Method, null, false),
                            new(r.Entry.Submitter, null, false),
                            .. splits.Select(s => Cell(r.Entry.Splits.GetValueOrDefault(s.Name), best[s.Name])),
                            new(
                                r.Score is { } mean ? Percent.Fine(mean) : None,
                                RangeOf(r.ScoreInterval),
                                r.Score is not null && r.Score == bestMean
                            ),
                            new(r.Gap is { } gap ? Percent.Signed(gap) : None, null, false),
                        ]
                ),
            ]
        );
    }

    /// <summary>What the table shows, for its caption: text without markup.</summary>
    public static string Caption(Benchmark benchmark, IReadOnlyList<RankedEntry> rows)
    {
        var reference = benchmark.Reference is { } split
            ? $"; gap: that mean minus the error on {benchmark.FindSplit(split)!.Title}."
            : ".";
        var methods = IntervalMethods.Of(rows, benchmark);
        return $"{benchmark.Name}: class-balanced error in %, 95% interval where predictions are known. Ranked by the mean over {BoardSummary.Titles(benchmark)}"
            + reference
            + (methods.Length > 0 ? " " + methods : "");
    }

    private static BoardCell Cell(EntryScore? score, double? best) =>
        score is null
            ? new(None, null, false)
            : new(
                Percent.Of(score.BalancedError),
                score is { Lower: { } lower, Upper: { } upper } ? Percent.Range(lower, upper) : null,
                score.BalancedError == best
            );

    private static string? RangeOf(Interval? interval) => interval is { } limits ? Percent.Range(limits.Lower, limits.Upper) : null;

    private static double? Lowest(IEnumerable<double?> values) => values.Min();
}

/// <summary>A column.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">Whether it is set to the right.</param>
internal sealed record BoardColumn(string Title, bool IsNumber);

/// <summary>A cell.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Range">An interval behind it.</param>
/// <param name="IsBest">Whether no other row has a lower error in this column.</param>
internal readonly record struct BoardCell(string Text, string? Range, bool IsBest);
