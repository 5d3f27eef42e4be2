using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Leaderboards;

/// <summary>An entry in the chart that plots accuracy under shift against accuracy on the reference split.</summary>
/// <param name="Row">The entry.</param>
/// <param name="Reference">Balanced accuracy on the reference split, 0..1.</param>
/// <param name="Shifted">Balanced accuracy under shift, 0..1.</param>
/// <param name="Robustness">The distance above the line, -1..1; null without a reliable line.</param>
public sealed record RobustnessPoint(RankedEntry Row, double Reference, double Shifted, double? Robustness)
{
    /// <summary>The maximum number of points that are links with a marker. Further ones are dots, which keeps the page small.</summary>
    public const int MaximumLinks = 200;

    /// <summary>The family.</summary>
    public string Family => Row.Entry.Family;

    /// <summary>The style of the family: its shape and colour.</summary>
    public string Style => Row.Entry.Style;

    /// <summary>The point in words, for screen readers.</summary>
    public string Text =>
        $"{Row.Entry.Method}: {Percent.Of(Reference)}% without shift, {Percent.Of(Shifted)}% under shift"
        + (Robustness is { } points ? $", {FormatRobustness(points)}" : "");

    /// <summary>
    /// Computes the points of a board and the line that is fitted to the same entries.
    /// </summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="benchmark">Their benchmark.</param>
    /// <param name="split">The shifted split; null for the mean over the ranking splits.</param>
    public static (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line) Compute(
        IReadOnlyList<RankedEntry> board,
        Benchmark benchmark,
        string? split
    )
    {
        var line = ShiftCosts.FitLine(board, benchmark, split);
        var points =
            from row in board
            let both = ShiftCosts.FindAccuracies(row, benchmark, split)
            where both is not null
            select new RobustnessPoint(
                row,
                both.Value.Reference,
                both.Value.Shifted,
                line is { IsReliable: true } ? line.EffectiveRobustness(both.Value.Reference, both.Value.Shifted) : null
            );
        return ([.. points], line);
    }

    /// <summary>Formats an effective robustness in words.</summary>
    public static string FormatRobustness(double robustness) =>
        Math.Abs(robustness) < 0.0005
            ? "on the line"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Abs(100 * robustness):0.0} points {(robustness > 0 ? "above" : "below")} the line"
            );
}
