using System.Xml.Linq;
using Coos.Web.Components;

namespace Coos.Web.Plates;

/// <summary>Draws a plate as SVG within a page, whose style sheet has the colours of both themes.</summary>
internal static class PlateSvg
{
    /// <summary>Draws a plate.</summary>
    public static string Draw(PlateFigure figure) =>
        new XElement(
            "svg",
            new XAttribute("class", $"plate n{figure.Wells.Count}"),
            new XAttribute("viewBox", $"0 0 {N(figure.Width)} {N(figure.Height)}"),
            new XAttribute("width", N(figure.Width)),
            new XAttribute("height", N(figure.Height)),
            new XAttribute("font-size", N(figure.TextSize)),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", figure.Description),
            figure.Texts.Select(t => Text("axis", t.X, t.Y, t.Anchor, t.Text)),
            new XElement("path", new XAttribute("class", "empty"), new XAttribute("d", DrawEmpty(figure))),
            figure.Wells.Where(w => w.Step is not null).Select(w => DrawWell(w, figure)),
            figure.Means.Select(m => DrawMean(m, figure))
        ).ToString(SaveOptions.DisableFormatting);

    /// <summary>All empty wells are one path, because a plate can have more than a thousand of them.</summary>
    public static string DrawEmpty(PlateFigure figure) =>
        string.Concat(
            from well in figure.Wells
            where well.Step is null
            let radius = N(well.Radius)
            let arc = $"a{radius} {radius} 0 1 0 "
            select $"M{N(well.X - well.Radius)} {N(well.Y)}{arc}{N(2 * well.Radius)} 0{arc}-{N(2 * well.Radius)} 0"
        );

    private static XElement DrawWell(DrawnWell well, PlateFigure figure) =>
        new(
            "g",
            new XAttribute("class", $"heat h{well.Step}"),
            new XElement("title", well.Reading),
            new XElement("circle", new XAttribute("cx", N(well.X)), new XAttribute("cy", N(well.Y)), new XAttribute("r", N(well.Radius))),
            well.Text.Length == 0 ? null : Text(null, well.X, well.Y + (0.36 * figure.TextSize), "middle", well.Text)
        );

    private static XElement DrawMean(DrawnMean mean, PlateFigure figure) =>
        new(
            "g",
            new XAttribute("class", $"heat h{mean.Step}"),
            new XElement("title", mean.Reading),
            new XElement(
                "rect",
                new XAttribute("x", N(mean.X)),
                new XAttribute("y", N(mean.Y)),
                new XAttribute("width", N(mean.Side)),
                new XAttribute("height", N(mean.Side)),
                new XAttribute("rx", 2)
            ),
            mean.Text.Length == 0
                ? null
                : Text(null, mean.X + (mean.Side / 2), mean.Y + (mean.Side / 2) + (0.36 * figure.TextSize), "middle", mean.Text)
        );

    private static XElement Text(string? css, double x, double y, string anchor, string text) =>
        new(
            "text",
            css is null ? null : new XAttribute("class", css),
            new XAttribute("x", N(x)),
            new XAttribute("y", N(y)),
            new XAttribute("text-anchor", anchor),
            text
        );

    private static string N(double value) => SvgNumber.Format(value);
}
