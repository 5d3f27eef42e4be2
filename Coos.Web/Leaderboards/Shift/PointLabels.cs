using Coos.Server.Leaderboards;

namespace Coos.Web.Leaderboards.Shift;

/// <summary>Places the names of points in a chart so that they overlap few other points, little of the line and no other name.</summary>
internal static class PointLabels
{
    private const double LetterWidth = 7.4;

    /// <summary>The factor by which phones show letters larger; at that size a name must still fit the chart.</summary>
    private const double PhoneScale = 1.6;
    private const double LetterHeight = 15;
    private const double Mark = 8;

    /// <summary>The candidate positions around a point in order of preference: the offset of the baseline and the text anchor.</summary>
    private static readonly (double X, double Y, string Anchor)[] Places =
    [
        (11, 4, "start"),
        (-11, 4, "end"),
        (8, 21, "start"),
        (-8, -11, "end"),
        (8, -11, "start"),
        (-8, 21, "end"),
        (0, 24, "middle"),
        (0, -14, "middle"),
    ];

    /// <summary>Places the names one by one.</summary>
    /// <param name="named">The points with their names, most important first.</param>
    /// <param name="others">All points, including the named ones, in units of the view box.</param>
    /// <param name="line">Points along the chart's line.</param>
    /// <param name="written">Other text in the chart, with its position and anchor.</param>
    public static IReadOnlyList<PointLabel> Place(
        IEnumerable<(RobustnessPoint Point, double X, double Y, string Name)> named,
        IReadOnlyList<(double X, double Y)> others,
        IReadOnlyList<(double X, double Y)> line,
        params IReadOnlyList<(string Text, double X, double Y, string Anchor)> written
    )
    {
        var taken = written.Select(w => BoxOf(w.Text, w.X, w.Y, w.Anchor, 1)).ToList();
        var placed = new List<PointLabel>();
        foreach (var (point, x, y, name) in named)
        {
            var options = Places.Select(p => new PointLabel(point, name, x + p.X, y + p.Y, p.Anchor));
            placed.Add(options.MinBy(o => Cost(o, [.. taken, .. placed.Select(BoxOf)], others, line))!);
        }

        return placed;
    }

    /// <summary>The bounding box of a text. It assumes wide letters, because the reader's font is unknown.</summary>
    internal static (double Left, double Top, double Right, double Bottom) BoxOf(PointLabel label) =>
        BoxOf(label.Name, label.X, label.Y, label.Anchor, 1);

    private static (double Left, double Top, double Right, double Bottom) BoxOf(
        string text,
        double x,
        double y,
        string anchor,
        double scale
    )
    {
        var width = scale * LetterWidth * text.Length;
        var left = anchor switch
        {
            "start" => x,
            "end" => x - width,
            _ => x - (width / 2),
        };
        return (left, y - (scale * (LetterHeight - 3)), left + width, y + (scale * 3));
    }

    private static double Cost(
        PointLabel label,
        IReadOnlyList<(double Left, double Top, double Right, double Bottom)> taken,
        IReadOnlyList<(double X, double Y)> others,
        IReadOnlyList<(double X, double Y)> line
    )
    {
        var (left, top, right, bottom) = BoxOf(label);
        var largest = BoxOf(label.Name, label.X, label.Y, label.Anchor, PhoneScale);
        var leaves =
            largest.Left < RobustnessLayout.Left
            || largest.Right > RobustnessLayout.Width
            || largest.Top < 0
            || largest.Bottom > RobustnessLayout.Height - RobustnessLayout.Bottom;
        return (leaves ? 1000 : 0)
            + (100 * taken.Count(b => left < b.Right && b.Left < right && top < b.Bottom && b.Top < bottom))
            + (10 * others.Count(p => p.X > left - Mark && p.X < right + Mark && p.Y > top - Mark && p.Y < bottom + Mark))
            + line.Count(p => p.X > left && p.X < right && p.Y > top && p.Y < bottom);
    }
}

/// <summary>The name of a point in a chart.</summary>
/// <param name="Point">The point.</param>
/// <param name="Name">The text.</param>
/// <param name="X">The horizontal position of its anchor, in units of the view box.</param>
/// <param name="Y">The vertical position of its baseline.</param>
/// <param name="Anchor">The text anchor: start, middle or end.</param>
internal sealed record PointLabel(RobustnessPoint Point, string Name, double X, double Y, string Anchor);
