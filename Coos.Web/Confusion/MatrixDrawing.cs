using System.Globalization;
using System.Xml.Linq;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Web.Components;

namespace Coos.Web.Confusion;

/// <summary>Draws a small confusion matrix as SVG: shares of each true class, with numbers in the cells if there is room.</summary>
internal static class MatrixDrawing
{
    /// <summary>The maximum number of classes with names and numbers; with more, they would be too small to read.</summary>
    public const int MaximumNamed = 12;

    private const int Cell = 26;

    /// <summary>The width of a character of average width, in units.</summary>
    private const double Letter = 8;

    private const int MaxNameLength = 14;

    /// <summary>Pixels per unit. Matrices of few classes are drawn larger, to fill their card.</summary>
    private const double Scale = 1.35;

    private const double MaximumScale = 1.9;

    /// <summary>The width of a card on a wide page, in pixels; the page makes the drawing smaller where there is less.</summary>
    private const int CardWidth = 340;

    /// <summary>Draws a matrix.</summary>
    /// <param name="classes">The classes, by index.</param>
    /// <param name="counts">K x K image counts; rows are true classes.</param>
    /// <param name="label">The text for screen readers.</param>
    public static string Draw(IReadOnlyList<ClassLabel> classes, ConfusionMatrix counts, string label)
    {
        var isNamed = classes.Count <= MaximumNamed;
        var margin = isNamed ? (int)Math.Ceiling(Letter * classes.Max(c => ChartLabel.Measure(NameOf(c)))) + 10 : 0;
        var side = Cell * classes.Count;
        var scale = Math.Clamp((double)CardWidth / (margin + side), Scale, MaximumScale);
        var drawing = new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {margin + side} {margin + side}"),
            new XAttribute("width", (int)(scale * (margin + side))),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", label),
            new XElement(
                "rect",
                new XAttribute("class", "share c0"),
                new XAttribute("x", margin),
                new XAttribute("y", margin),
                new XAttribute("width", side),
                new XAttribute("height", side),
                new XAttribute("rx", 4)
            ),
            isNamed ? classes.SelectMany(c => Names(c, margin)) : [],
            classes.SelectMany(c => Row(counts, c.Index, margin, isNamed))
        );
        return drawing.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>
    /// Formats a share in at most three characters. Only an exact 100% is written as 100, and a small share as &lt;1, so that a
    /// single image is visible.
    /// </summary>
    public static string Number(int count, int images) =>
        (count, (int)Math.Round(100.0 * count / images)) switch
        {
            (0, _) => "",
            (_, 0) => "<1",
            (var c, 100) when c < images => ">99",
            (_, var percent) => percent.ToString(CultureInfo.InvariantCulture),
        };

    private static IEnumerable<XElement> Row(ConfusionMatrix counts, int k, int margin, bool isNumbered)
    {
        var images = counts.ClassImages(k);
        foreach (var (_, j, count) in counts.RowOf(k).ToArray())
        {
            var (x, y) = (margin + (Cell * j) + 1, margin + (Cell * k) + 1);
            yield return new XElement(
                "g",
                new XAttribute("class", Heat.Share((double)count / images)),
                new XElement(
                    "rect",
                    new XAttribute("x", x),
                    new XAttribute("y", y),
                    new XAttribute("width", Cell - 2),
                    new XAttribute("height", Cell - 2),
                    new XAttribute("rx", 3)
                ),
                isNumbered
                    ? new XElement(
                        "text",
                        new XAttribute("x", x + (Cell / 2) - 1),
                        new XAttribute("y", y + 16),
                        new XAttribute("text-anchor", "middle"),
                        Number(count, images)
                    )
                    : null
            );
        }
    }

    /// <summary>The name of a class, left of its row and rotated above its column.</summary>
    private static IEnumerable<XElement> Names(ClassLabel label, int margin)
    {
        var middle = margin + (Cell * label.Index) + (Cell / 2);
        yield return Text(margin - 6, middle + 4, "end", NameOf(label), null);
        yield return Text(middle + 4, margin - 6, "start", NameOf(label), $"rotate(-90 {middle + 4} {margin - 6})");
    }

    private static string NameOf(ClassLabel label) =>
        label.Short.Length <= MaxNameLength ? label.Short : label.Short[..(MaxNameLength - 1)].TrimEnd() + "\u2026";

    private static XElement Text(int x, int y, string anchor, string name, string? turn) =>
        new(
            "text",
            new XAttribute("class", "axis"),
            new XAttribute("x", x),
            new XAttribute("y", y),
            new XAttribute("text-anchor", anchor),
            turn is null ? null : new XAttribute("transform", turn),
            name
        );
}
