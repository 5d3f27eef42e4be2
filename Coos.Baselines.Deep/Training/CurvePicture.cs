using System.Globalization;
using System.Text;

namespace Coos.Baselines.Deep.Training;

/// <summary>Draws the curve of a training run as SVG: the loss, and below it the balanced error on held-out images, if any.</summary>
public static class CurvePicture
{
    private const int Width = 640;
    private const int PanelHeight = 220;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 28;
    private const int Bottom = 36;
    private const int MaxPoints = 1000;

    /// <summary>Draws the curve.</summary>
    /// <param name="name">The name of the network.</param>
    /// <param name="points">All steps, at least one.</param>
    public static string Draw(string name, IReadOnlyList<CurvePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var validations = points.Where(p => p.ValidationError is not null).ToArray();
        var height = validations.Length > 0 ? 2 * PanelHeight : PanelHeight;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="12" """
        );
        svg.Append(CultureInfo.InvariantCulture, $"""role="img" aria-label="Training of {name}">""");
        svg.Append("""<rect width="100%" height="100%" fill="#fff"/>""");
        var last = points[^1].Step;
        DrawPanel(svg, 0, $"{name}: loss", last, [.. Thin(points).Select(p => ((double)p.Step, p.Loss))], "#9ab", 1);
        if (validations.Length > 0)
        {
            (double, double)[] losses = [.. validations.Select(p => ((double)p.Step, p.ValidationLoss!.Value))];
            (double, double)[] errors = [.. validations.Select(p => ((double)p.Step, 100 * p.ValidationError!.Value))];
            DrawLine(svg, 0, last, Highest(points.Select(p => p.Loss)), losses, "#c33", 2);
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="18" text-anchor="end" fill="#c33">held-out</text>""");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="{Width - Right - 60}" y="18" text-anchor="end" fill="#678">training</text>"""
            );
            DrawPanel(svg, PanelHeight, "balanced error on held-out training images, %", last, errors, "#c33", 2);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static IEnumerable<CurvePoint> Thin(IReadOnlyList<CurvePoint> points)
    {
        var every = ((points.Count - 1) / MaxPoints) + 1;
        return points.Where((p, i) => i % every == 0 || i == points.Count - 1);
    }

    private static void DrawPanel(
        StringBuilder svg,
        int y,
        string title,
        int last,
        (double Step, double Value)[] line,
        string colour,
        double width
    )
    {
        var highest = Highest(line.Select(p => p.Value));
        var (axis, top) = (y + PanelHeight - Bottom, y + Top);
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{y + 18}" fill="#222">{title}</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{Left} {top}V{axis}H{Width - Right}" fill="none" stroke="#888"/>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<g fill="#444"><text x="{Left - 6}" y="{axis}" text-anchor="end">0</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 6}" y="{top + 10}" text-anchor="end">{highest:0.###}</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="{axis + 18}">step 0</text>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Width - Right}" y="{axis + 18}" text-anchor="end">{last}</text></g>""");
        DrawLine(svg, y, last, highest, line, colour, width);
    }

    private static void DrawLine(
        StringBuilder svg,
        int y,
        int last,
        double highest,
        (double Step, double Value)[] line,
        string colour,
        double width
    )
    {
        double X(double step) => Left + ((Width - Left - Right) * step / last);
        double Y(double value) => y + PanelHeight - Bottom - ((PanelHeight - Top - Bottom) * Math.Clamp(value / highest, 0, 1));
        var coordinates = line.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Step):0.#},{Y(p.Value):0.#}"));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<polyline points="{string.Join(' ', coordinates)}" fill="none" stroke="{colour}" stroke-width="{width}"/>"""
        );
        foreach (var point in line.Length == 1 ? coordinates : [])
        {
            var parts = point.Split(',');
            svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{parts[0]}" cy="{parts[1]}" r="3" fill="{colour}"/>""");
        }
    }

    private static double Highest(IEnumerable<double> values) => Math.Max(values.Max(), 1e-9);
}
