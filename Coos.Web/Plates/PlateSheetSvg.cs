using System.Xml.Linq;
using Coos.Web.Components;

namespace Coos.Web.Plates;

/// <summary>Draws a figure file as SVG. It has no style sheet, so that any program shows it alike.</summary>
internal static class PlateSheetSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a figure file.</summary>
    public static string Draw(PlateSheet sheet)
    {
        var figure = sheet.Figure;
        var plate = new XElement(
            Svg + "g",
            new XAttribute("transform", $"translate({PlateSheet.Margin} {N(sheet.PlateTop)})"),
            new XAttribute("font-size", N(figure.TextSize)),
            figure.Texts.Select(t => Text(t.X, t.Y, t.Anchor, t.Text, HeatColours.Muted)),
            new XElement(
                Svg + "path",
                new XAttribute("d", PlateSvg.DrawEmpty(figure)),
                new XAttribute("fill", "none"),
                new XAttribute("stroke", HeatColours.Line)
            ),
            figure.Wells.Where(w => w.Step is not null).Select(w => DrawWell(w, figure.TextSize)),
            figure.Means.Select(m => DrawMean(m, figure.TextSize))
        );
        return new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {N(sheet.Width)} {N(sheet.Height)}"),
            new XAttribute("width", N(sheet.Width)),
            new XAttribute("height", N(sheet.Height)),
            new XAttribute("font-family", "Inter, Helvetica, Arial, sans-serif"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", sheet.Title),
            new XElement(Svg + "desc", figure.Description),
            new XElement(
                Svg + "rect",
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%"),
                new XAttribute("fill", HeatColours.Background)
            ),
            DrawTexts(sheet),
            plate,
            DrawScale(sheet)
        ).ToString(SaveOptions.DisableFormatting);
    }

    private static IEnumerable<XElement> DrawTexts(PlateSheet sheet)
    {
        yield return Sized(
            PlateSheet.Margin,
            PlateSheet.Margin + PlateSheet.TitleSize - 4,
            sheet.Title,
            PlateSheet.TitleSize,
            isBold: true
        );
        for (var i = 0; i < sheet.Lines.Count; i++)
        {
            yield return Sized(PlateSheet.Margin, PlateSheet.LineAt(i), sheet.Lines[i], PlateSheet.LineSize, isBold: false);
        }
    }

    private static IEnumerable<XElement> DrawScale(PlateSheet sheet)
    {
        for (var step = 0; step <= Heat.Steps; step++)
        {
            yield return new XElement(
                Svg + "rect",
                new XAttribute("x", PlateSheet.Margin + (step * PlateSheet.StepWidth)),
                new XAttribute("y", N(sheet.ScaleTop)),
                new XAttribute("width", PlateSheet.StepWidth),
                new XAttribute("height", PlateSheet.StepHeight),
                new XAttribute("fill", HeatColours.Steps[step])
            );
        }

        foreach (var (x, text) in sheet.Scale)
        {
            yield return Sized(PlateSheet.Margin + x, sheet.ScaleTop + PlateSheet.StepHeight + 15, text, 12, isBold: false);
        }
    }

    private static XElement DrawWell(DrawnWell well, double size) =>
        new(
            Svg + "g",
            new XElement(Svg + "title", well.Reading),
            new XElement(
                Svg + "circle",
                new XAttribute("cx", N(well.X)),
                new XAttribute("cy", N(well.Y)),
                new XAttribute("r", N(well.Radius)),
                new XAttribute("fill", HeatColours.Steps[well.Step!.Value]),
                new XAttribute("stroke", HeatColours.Line),
                new XAttribute("stroke-width", 0.6)
            ),
            well.Text.Length == 0 ? null : Text(well.X, well.Y + (0.36 * size), "middle", well.Text, HeatColours.Text)
        );

    private static XElement DrawMean(DrawnMean mean, double size) =>
        new(
            Svg + "g",
            new XElement(Svg + "title", mean.Reading),
            new XElement(
                Svg + "rect",
                new XAttribute("x", N(mean.X)),
                new XAttribute("y", N(mean.Y)),
                new XAttribute("width", N(mean.Side)),
                new XAttribute("height", N(mean.Side)),
                new XAttribute("rx", 2),
                new XAttribute("fill", HeatColours.Steps[mean.Step])
            ),
            mean.Text.Length == 0
                ? null
                : Text(mean.X + (mean.Side / 2), mean.Y + (mean.Side / 2) + (0.36 * size), "middle", mean.Text, HeatColours.Text)
        );

    private static XElement Sized(double x, double y, string text, int size, bool isBold)
    {
        var element = Text(x, y, "start", text, HeatColours.Text);
        element.Add(new XAttribute("font-size", size), isBold ? new XAttribute("font-weight", "bold") : null);
        return element;
    }

    private static XElement Text(double x, double y, string anchor, string text, string colour) =>
        new(
            Svg + "text",
            new XAttribute("x", N(x)),
            new XAttribute("y", N(y)),
            new XAttribute("text-anchor", anchor),
            new XAttribute("fill", colour),
            text
        );

    private static string N(double value) => SvgNumber.Format(value);
}
