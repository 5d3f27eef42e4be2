using System.Xml.Linq;
using Coos.Web.Components;
using Coos.Web.Plates;

namespace Coos.Web.Images;

/// <summary>
/// Draws a contact sheet as SVG. The pictures are in the file, so that it is whole in a talk, without this server and without the
/// permission to see its images.
/// </summary>
internal static class ContactSheetSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a contact sheet.</summary>
    public static string Draw(ContactSheet sheet) =>
        new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {N(sheet.Width)} {N(sheet.Height)}"),
            new XAttribute("width", N(sheet.Width)),
            new XAttribute("height", N(sheet.Height)),
            new XAttribute("font-family", "Inter, Helvetica, Arial, sans-serif"),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", sheet.Title),
            new XElement(Svg + "defs", sheet.Channels.Select((channel, i) => DrawGradient(channel, i))),
            new XElement(
                Svg + "rect",
                new XAttribute("width", "100%"),
                new XAttribute("height", "100%"),
                new XAttribute("fill", HeatColours.Background)
            ),
            Text(ContactSheet.Margin, ContactSheet.TitleAt, sheet.Title, ContactSheet.TitleSize, HeatColours.Text, isBold: true),
            sheet.Lines.Select(
                (line, i) => Text(ContactSheet.Margin, ContactSheet.LineAt(i), line, ContactSheet.LineSize, HeatColours.Text)
            ),
            new XElement(Svg + "g", new XAttribute("image-rendering", "pixelated"), sheet.Tiles.Select(DrawTile)),
            sheet.Channels.SelectMany((channel, i) => DrawChannel(sheet, channel, i)),
            sheet.ScaleNote.Select(
                (line, i) => Text(sheet.ScaleNoteLeft, sheet.ScaleNoteAt(i), line, ContactSheet.LineSize, HeatColours.Muted)
            )
        ).ToString(SaveOptions.DisableFormatting);

    private static XElement DrawTile(SheetTile tile) =>
        new(
            Svg + "g",
            Rectangle(tile.Left, tile.Top, ContactSheet.TileSide, ContactSheet.TileSide, tile.Png is null ? "#3a3f47" : "#000000"),
            tile.Png is { } png
                ? new XElement(
                    Svg + "image",
                    new XAttribute("x", N(tile.PictureLeft)),
                    new XAttribute("y", N(tile.PictureTop)),
                    new XAttribute("width", N(tile.Width)),
                    new XAttribute("height", N(tile.Height)),
                    new XAttribute("preserveAspectRatio", "none"),
                    new XAttribute("href", $"data:image/png;base64,{Convert.ToBase64String(png)}"),
                    new XElement(Svg + "title", string.Join(", ", tile.Texts))
                )
                : Text(tile.Left + 8, tile.Top + (ContactSheet.TileSide / 2.0), tile.Problem!, ContactSheet.TextSize, "#ffffff"),
            tile.Texts.Select(
                (text, i) =>
                    Text(
                        tile.Left,
                        ContactSheet.TextAt(tile, i),
                        text,
                        ContactSheet.TextSize,
                        i == 0 ? HeatColours.Text : HeatColours.Muted,
                        isBold: i == 0
                    )
            )
        );

    private static XElement DrawGradient(SheetChannel channel, int index) =>
        new(
            Svg + "linearGradient",
            new XAttribute("id", $"channel-{index}"),
            new XElement(Svg + "stop", new XAttribute("offset", 0), new XAttribute("stop-color", "#000000")),
            new XElement(Svg + "stop", new XAttribute("offset", 1), new XAttribute("stop-color", channel.Colour))
        );

    private static IEnumerable<XElement> DrawChannel(ContactSheet sheet, SheetChannel channel, int index)
    {
        var bottom = sheet.ScaleTop + ContactSheet.BarHeight + 17;
        yield return Text(channel.Left, sheet.ScaleTop - 7, channel.Name, ContactSheet.LineSize, HeatColours.Text, isBold: true);
        yield return Rectangle(channel.Left, sheet.ScaleTop, ContactSheet.BarWidth, ContactSheet.BarHeight, $"url(#channel-{index})");
        yield return Text(channel.Left, bottom, channel.Low, ContactSheet.LineSize, HeatColours.Text);
        yield return Text(channel.Left + ContactSheet.BarWidth, bottom, channel.High, ContactSheet.LineSize, HeatColours.Text, isEnd: true);
    }

    private static XElement Rectangle(double x, double y, double width, double height, string fill) =>
        new(
            Svg + "rect",
            new XAttribute("x", N(x)),
            new XAttribute("y", N(y)),
            new XAttribute("width", N(width)),
            new XAttribute("height", N(height)),
            new XAttribute("fill", fill)
        );

    private static XElement Text(double x, double y, string text, int size, string colour, bool isBold = false, bool isEnd = false) =>
        new(
            Svg + "text",
            new XAttribute("x", N(x)),
            new XAttribute("y", N(y)),
            new XAttribute("font-size", size),
            new XAttribute("fill", colour),
            isBold ? new XAttribute("font-weight", "bold") : null,
            isEnd ? new XAttribute("text-anchor", "end") : null,
            text
        );

    private static string N(double value) => SvgNumber.Format(value);
}
