using System.Xml.Linq;

namespace Coos.Web.Images;

/// <summary>Draws what stands in the place of an image that cannot be read.</summary>
internal static class ImagePlaceholder
{
    /// <summary>Draws a placeholder.</summary>
    /// <param name="reason">Why there is no image, in a few words.</param>
    /// <returns>The SVG, 128 units wide and high.</returns>
    public static string Draw(string reason)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var words = reason.Split(' ');
        var half = (words.Length + 1) / 2;
        return new XElement(
            svg + "svg",
            new XAttribute("viewBox", "0 0 128 128"),
            new XAttribute("role", "img"),
            new XElement(svg + "title", reason),
            new XElement(svg + "rect", new XAttribute("width", 128), new XAttribute("height", 128), new XAttribute("fill", "#3a3f47")),
            new XElement(
                svg + "path",
                new XAttribute("d", "M8 8 120 120M120 8 8 120"),
                new XAttribute("stroke", "#59606b"),
                new XAttribute("stroke-width", 2)
            ),
            Line(string.Join(' ', words.Take(half)), 62),
            Line(string.Join(' ', words.Skip(half)), 78)
        ).ToString(SaveOptions.DisableFormatting);

        XElement Line(string text, int y) =>
            new(
                svg + "text",
                new XAttribute("x", 64),
                new XAttribute("y", y),
                new XAttribute("text-anchor", "middle"),
                new XAttribute("font-family", "sans-serif"),
                new XAttribute("font-size", 13),
                new XAttribute("fill", "#ffffff"),
                text
            );
    }
}
