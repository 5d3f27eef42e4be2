namespace Coos.Web.Previews;

/// <summary>Polygons, all turning the same way round, so that those that overlap fill as one.</summary>
internal static class Shapes
{
    /// <summary>An upright rectangle.</summary>
    public static IReadOnlyList<(double X, double Y)> Box(double x, double y, double width, double height) =>
        [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];

    /// <summary>A disc.</summary>
    public static IReadOnlyList<(double X, double Y)> Disc(double x, double y, double radius) =>
        [.. Enumerable.Range(0, 32).Select(i => Around(x, y, radius, i * Math.PI / 16))];

    /// <summary>A line of some width with round ends and corners.</summary>
    public static IEnumerable<IReadOnlyList<(double X, double Y)>> Line(IReadOnlyList<(double X, double Y)> points, double width)
    {
        for (var i = 0; i < points.Count; i++)
        {
            yield return Disc(points[i].X, points[i].Y, width / 2);
            if (i == 0)
            {
                continue;
            }

            var (a, b) = (points[i - 1], points[i]);
            var length = Math.Max(1e-9, Math.Sqrt(Math.Pow(b.X - a.X, 2) + Math.Pow(b.Y - a.Y, 2)));
            var (dx, dy) = ((b.Y - a.Y) / length * width / 2, -(b.X - a.X) / length * width / 2);
            yield return [(a.X + dx, a.Y + dy), (b.X + dx, b.Y + dy), (b.X - dx, b.Y - dy), (a.X - dx, a.Y - dy)];
        }
    }

    /// <summary>The marker of a family of methods, as the pages draw it.</summary>
    public static IReadOnlyList<(double X, double Y)> Marker(string family, double x, double y, double radius) => family switch
    {
        "deeploc" => [(x, y - radius), (x + radius, y + (0.85 * radius)), (x - radius, y + (0.85 * radius))],
        "pci" => Box(x - (0.85 * radius), y - (0.85 * radius), 1.7 * radius, 1.7 * radius),
        "vgg" => [(x, y - (1.1 * radius)), (x + (1.1 * radius), y), (x, y + (1.1 * radius)), (x - (1.1 * radius), y)],
        "texture" => Disc(x, y, 0.9 * radius),
        _ => [.. Enumerable.Range(0, 10).Select(i => Around(x, y, i % 2 == 0 ? 1.15 * radius : 0.5 * radius, ((i / 5.0) - 0.5) * Math.PI))],
    };

    private static (double X, double Y) Around(double x, double y, double radius, double angle) => (x + (radius * Math.Cos(angle)), y + (radius * Math.Sin(angle)));
}
