using System.Globalization;
using System.Xml.Linq;
using Coos.Server.Comparisons;
using Coos.Shared.Benchmarks;
using Coos.Web.Components;

namespace Coos.Web.Confusion.Many;

/// <summary>
/// Draws a matrix of many classes in blocks: right answers by the share of the row's images, mistakes by the share of the worst block.
/// </summary>
internal static class DensityDrawing
{
    private const int Cell = 16;
    private const int MaximumName = 12;
    private const double Letter = 6.4;

    /// <summary>Draws an area of a matrix.</summary>
    /// <param name="density">The blocks.</param>
    /// <param name="label">The text for screen readers.</param>
    /// <param name="address">The address of a block, by its rows and columns; null for a picture without links.</param>
    public static string Draw(MatrixDensity density, string label, Func<PositionRange, PositionRange, string>? address = null)
    {
        var isNamed = address is not null;
        string[] rows = [.. density.Rows.Select(r => NameOf(density.Order[r.First]))];
        string[] columns = [.. density.Columns.Select(c => NameOf(density.Order[c.First]))];
        var margin = isNamed ? (int)Math.Ceiling(Letter * rows.Concat(columns).Max(ChartLabel.Measure)) + 10 : 0;
        var (width, height) = (Cell * columns.Length, Cell * rows.Length);
        var worst = FindWorst(density);
        return new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {margin + width} {margin + height}"),
            new XAttribute("width", margin + width),
            new XAttribute("role", isNamed ? "group" : "img"),
            new XAttribute("aria-label", label),
            new XElement(
                "rect",
                new XAttribute("class", "share c0"),
                new XAttribute("x", margin),
                new XAttribute("y", margin),
                new XAttribute("width", width),
                new XAttribute("height", height)
            ),
            isNamed ? rows.Select((name, i) => Text(margin - 4, margin + (Cell * i) + 12, name, isTurned: false)) : [],
            isNamed ? columns.Select((name, i) => Text(margin + (Cell * i) + 12, margin - 4, name, isTurned: true)) : [],
            density.Blocks.Select(block => Draw(density, block, margin, worst, address))
        ).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The largest share of a row of blocks that is taken for classes of another block; what the darkest mistakes mean.</summary>
    public static double FindWorst(MatrixDensity density) => density.Blocks.Select(b => Wrong(density, b)).DefaultIfEmpty(0).Max();

    private static XElement Draw(
        MatrixDensity density,
        MatrixBlock block,
        int margin,
        double worst,
        Func<PositionRange, PositionRange, string>? address
    )
    {
        var share = (double)block.Images / density.RowImages[block.Row];
        var rectangle = new XElement(
            "rect",
            new XAttribute("class", block.Right > 0 ? Heat.Share(share) : Heat.Error(share, Math.Max(worst, double.Epsilon))),
            new XAttribute("x", margin + (Cell * block.Column)),
            new XAttribute("y", margin + (Cell * block.Row)),
            new XAttribute("width", Cell),
            new XAttribute("height", Cell)
        );
        return address is null
            ? rectangle
            : new XElement(
                "a",
                new XAttribute("href", address(density.Rows[block.Row], density.Columns[block.Column])),
                new XAttribute("tabindex", -1),
                new XElement("title", string.Create(CultureInfo.InvariantCulture, $"{block.Images:N0} images")),
                rectangle
            );
    }

    private static double Wrong(MatrixDensity density, MatrixBlock block) =>
        block.Right > 0 ? 0 : (double)block.Images / density.RowImages[block.Row];

    private static string NameOf(ClassLabel label) =>
        label.Short.Length <= MaximumName ? label.Short : label.Short[..(MaximumName - 1)].TrimEnd() + "\u2026";

    private static XElement Text(int x, int y, string name, bool isTurned) =>
        new(
            "text",
            new XAttribute("class", "axis"),
            new XAttribute("x", x),
            new XAttribute("y", y),
            new XAttribute("text-anchor", isTurned ? "start" : "end"),
            isTurned ? new XAttribute("transform", $"rotate(-90 {x} {y})") : null,
            name
        );
}
