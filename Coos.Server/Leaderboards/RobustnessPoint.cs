using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Leaderboards;

/// <summary>An entry in the chart of accuracy under shift against accuracy on the reference split.</summary>
/// <param name="Row">The entry.</param>
/// <param name="Reference">Balanced accuracy on the reference split, 0..1.</param>
/// <param name="Shifted">Balanced accuracy under shift, 0..1.</param>
/// <param name="Robustness">How far it lies above the line, -1..1; null without a line.</param>
public sealed record RobustnessPoint(RankedEntry Row, double Reference, double Shifted, double? Robustness)
{
    /// <summary>The most points of a chart.</summary>
    public const int Maximum = 200;

    /// <summary>Its family, for shape and colour.</summary>
    public string Family => Row.Entry.Family;

    /// <summary>What the point says to who cannot see it.</summary>
    public string Text =>
        $"{Row.Entry.Method}: {Percent.Of(Reference)}% without shift, {Percent.Of(Shifted)}% under shift"
        + (Robustness is { } points ? $", {Points(points)}" : "");

    /// <summary>The points of a board and their line; the line is of all entries, the points are of the best.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="benchmark">Their benchmark.</param>
    /// <param name="split">The shifted split; null for the mean over the ranking splits.</param>
    public static (IReadOnlyList<RobustnessPoint> Points, RobustnessLine? Line) Of(
        IReadOnlyList<RankedEntry> board,
        Benchmark benchmark,
        string? split
    )
    {
        var line = ShiftCosts.Line(board, benchmark, split);
        var points =
            from row in board
            let both = ShiftCosts.Accuracies(row, benchmark, split)
            where both is not null
            select new RobustnessPoint(
                row,
                both.Value.Reference,
                both.Value.Shifted,
                line?.EffectiveRobustness(both.Value.Reference, both.Value.Shifted)
            );
        return ([.. points.Take(Maximum)], line);
    }

    /// <summary>Effective robustness in words.</summary>
    public static string Points(double robustness) =>
        Math.Abs(robustness) < 0.0005
            ? "on the line"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Math.Abs(100 * robustness):0.0} points {(robustness > 0 ? "above" : "below")} the line"
            );
}
