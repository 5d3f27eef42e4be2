using System.Globalization;
using System.Text;

namespace Coos.Web.Components;

/// <summary>Measures, shortens and spreads names so that they fit into charts, whose text does not wrap.</summary>
internal static class ChartLabel
{
    /// <summary>The width of a bold character of average width, in units of the size of the font.</summary>
    private const double Average = 0.63;

    private static readonly Rune Ellipsis = new('\u2026');

    /// <summary>Shortens a name.</summary>
    /// <param name="label">The name.</param>
    /// <param name="length">The space, in bold characters of average width.</param>
    public static string Shorten(string label, double length)
    {
        if (Measure(label) <= length)
        {
            return label;
        }

        var width = WidthOf(Ellipsis);
        return string.Concat(label.EnumerateRunes().TakeWhile(letter => (width += WidthOf(letter)) <= length)).TrimEnd() + Ellipsis;
    }

    /// <summary>The approximate width of a text, in bold characters of average width.</summary>
    /// <param name="text">The text.</param>
    public static double Measure(string text) => text.EnumerateRunes().Sum(WidthOf);

    /// <summary>The approximate width of a bold text, in the unit of the size of the font.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the font.</param>
    public static double WidthOf(string text, double size) => Average * size * Measure(text);

    /// <summary>Shortens a name to a width in the unit of the size of the font.</summary>
    /// <param name="label">The name.</param>
    /// <param name="width">The space.</param>
    /// <param name="size">The size of the font.</param>
    public static string Fit(string label, double width, double size) => Shorten(label, width / (Average * size));

    /// <summary>Moves labels apart so that they do not overlap.</summary>
    /// <param name="wanted">Where each label should be, from the top down; sorted.</param>
    /// <param name="height">The height of a label.</param>
    /// <param name="lowest">The lowest place of a label.</param>
    /// <returns>The places, in the same order.</returns>
    public static double[] Spread(IEnumerable<double> wanted, double height, double lowest)
    {
        var placed = new List<double>();
        foreach (var y in wanted)
        {
            placed.Add(placed.Count > 0 ? Math.Max(y, placed[^1] + height) : y);
        }

        // Labels that were pushed below the lowest place move up, together with the labels in their way.
        for (var i = placed.Count - 1; i >= 0; i--)
        {
            placed[i] = Math.Min(placed[i], lowest);
            lowest = placed[i] - height;
        }

        return [.. placed];
    }

    /// <summary>The approximate width of a bold character of Inter, in characters of average width. Other scripts are guessed.</summary>
    private static double WidthOf(Rune letter) =>
        letter.Value switch
        {
            '\u2026' or 'M' or 'W' or 'm' or 'w' or '@' or '%' => 1.5,
            (>= 0x1100 and < 0x1200) or >= 0x2E80 => 1.75,
            'f' or 'i' or 'j' or 'l' or 'r' or 't' or 'I' or ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' => 0.6,
            >= 'A' and <= 'Z' or >= '0' and <= '9' => 1.05,
            _ => Rune.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? 0 : 0.98,
        };
}
