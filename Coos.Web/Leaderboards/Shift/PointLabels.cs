using Coos.Server.Leaderboards;

namespace Coos.Web.Leaderboards.Shift;

/// <summary>Where the names of some points of a chart stand: where they cover the fewest other points, the least of its line, and no other name.</summary>
internal static class PointLabels
{
    private const double LetterWidth = 7.4;

    /// <summary>Phones show letters so much larger, which must not leave the chart either.</summary>
    private const double PhoneScale = 1.6;
    private const double LetterHeight = 15;
    private const double Mark = 8;

    /// <summary>The places around a point, the best liked first: where the base line stands from it, and how the text is anchored there.</summary>
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

    /// <summary>Places names one after the other.</summary>
    /// <param name="named">Point and name, most important first.</param>
    /// <param name="others">All points, in units of the view box, those that are named too.</param>
    /// <param name="line">Points along the chart's line.</param>
    /// <param name="written">Other text of the chart, and how it is anchored where.</param>
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

    /// <summary>The box of a text. Letters are taken to be wide, for which font the reader has is not known.</summary>
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

/// <summary>A name in a chart.</summary>
/// <param name="Point">What it names.</param>
/// <param name="Name">The text.</param>
/// <param name="X">Where it is anchored, in units of the view box.</param>
/// <param name="Y">Its base line.</param>
/// <param name="Anchor">start, middle or end.</param>
internal sealed record PointLabel(RobustnessPoint Point, string Name, double X, double Y, string Anchor);
