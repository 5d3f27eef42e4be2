using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>The formatted cells of a leaderboard, independent of the output format (Markdown or LaTeX).</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, with one cell per column.</param>
internal sealed record BoardText(IReadOnlyList<BoardColumn> Columns, IReadOnlyList<IReadOnlyList<BoardCell>> Rows)
{
    private const string None = "\u2013";

    /// <summary>Formats some rows of a board. Marks the best value of each column among them.</summary>
    public static BoardText Format(Benchmark benchmark, IReadOnlyList<RankedEntry> rows)
    {
        Split[] splits = [.. benchmark.TestSplits];
        var best = splits.ToDictionary(s => s.Name, s => Lowest(rows.Select(r => r.Entry.Splits.GetValueOrDefault(s.Name)?.Loss)));
        var metric = benchmark.Ranking.Info;
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
                            .. splits.Select(s => Cell(r.Entry.Splits.GetValueOrDefault(s.Name), best[s.Name], metric)),
                            new(
                                r.Score is { } mean ? metric.WriteFine(mean) : None,
                                RangeOf(r.ScoreInterval, metric),
                                r.Score is not null && r.Score == bestMean
                            ),
                            new(r.Gap is { } gap ? metric.WriteDifference(gap) : None, null, false),
                        ]
                ),
            ]
        );
    }

    /// <summary>The caption of the table, as text without markup.</summary>
    public static string Caption(Benchmark benchmark, IReadOnlyList<RankedEntry> rows)
    {
        var reference = benchmark.Reference is { } split
            ? $"; gap: that mean minus the {(benchmark.Ranking.IsByBalancedError ? "error" : "value")} on {benchmark.TitleOf(split)}."
            : ".";
        var methods = IntervalMethods.Describe(rows, benchmark);
        var metric = benchmark.Ranking.Info;
        return $"{benchmark.Name}: {metric.LongTitle}{(metric.Scale == MetricScale.Share ? " in %" : "")}, with 95% "
            + "intervals for entries with predictions. "
            + $"Ranked by the mean over {BoardSummary.Titles(benchmark)}"
            + reference
            + (methods.Length > 0 ? " " + methods : "");
    }

    private static BoardCell Cell(EntryScore? score, double? best, MetricInfo metric) =>
        score is null
            ? new(None, null, false)
            : new(
                metric.Write(score.Loss),
                score is { Lower: { } lower, Upper: { } upper } ? metric.WriteRange(lower, upper) : null,
                score.Loss == best
            );

    private static string? RangeOf(Interval? interval, MetricInfo metric) =>
        interval is { } limits ? metric.WriteRange(limits.Lower, limits.Upper) : null;

    private static double? Lowest(IEnumerable<double?> values) => values.Min();
}

/// <summary>A column of an exported leaderboard.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">Whether it contains numbers and is aligned to the right.</param>
internal sealed record BoardColumn(string Title, bool IsNumber);

/// <summary>A cell of an exported leaderboard.</summary>
/// <param name="Text">The text.</param>
/// <param name="Range">The interval after the text; null if there is none.</param>
/// <param name="IsBest">Whether no other row has a better value in this column.</param>
internal readonly record struct BoardCell(string Text, string? Range, bool IsBest);
