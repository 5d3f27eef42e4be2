using System.Globalization;
using System.Xml.Linq;

namespace Coos.Web.Discovery;

/// <summary>Draws a badge for a README as SVG: the benchmark and the result, with real text elements.</summary>
internal static class Badge
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a badge.</summary>
    /// <param name="subject">The left part, the benchmark's name.</param>
    /// <param name="value">The right part.</param>
    /// <param name="color">The background of the right part, <c>#rrggbb</c>, dark enough for white text.</param>
    public static string Draw(string subject, string value, string color)
    {
        var (left, right) = (WidthOf(subject), WidthOf(value));
        var badge = new XElement(
            Svg + "svg",
            new XAttribute("width", left + right),
            new XAttribute("height", 20),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{subject}: {value}"),
            new XElement(Svg + "title", $"{subject}: {value}"),
            new XElement(Svg + "clipPath", new XAttribute("id", "round"), Box(0, left + right, "#fff", 4)),
            new XElement(Svg + "g", new XAttribute("clip-path", "url(#round)"), Box(0, left, "#2b3440", 0), Box(left, right, color, 0)),
            new XElement(
                Svg + "g",
                new XAttribute("fill", "#fff"),
                new XAttribute("font-family", "Verdana, DejaVu Sans, sans-serif"),
                new XAttribute("font-size", 11),
                new XAttribute("text-anchor", "middle"),
                Words(subject, left / 2.0, left),
                Words(value, left + (right / 2.0), right)
            )
        );
        return badge.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The width of a part with its margins, in pixels. The text is scaled to it, so no font makes it overflow.</summary>
    private static int WidthOf(string text) => (int)Math.Ceiling((6.6 * text.Length) + 12);

    private static XElement Box(int x, int width, string color, int radius) =>
        new(
            Svg + "rect",
            new XAttribute("x", x),
            new XAttribute("width", width),
            new XAttribute("height", 20),
            new XAttribute("rx", radius),
            new XAttribute("fill", color)
        );

    private static XElement Words(string text, double middle, int width) =>
        new(
            Svg + "text",
            new XAttribute("x", middle.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("y", 14),
            new XAttribute("textLength", width - 12),
            new XAttribute("lengthAdjust", "spacingAndGlyphs"),
            text
        );
}
