using System.Globalization;
using System.Text;

namespace Coos.Web.Components;

/// <summary>Shortens names to fit into charts, whose text does not wrap.</summary>
internal static class ChartLabel
{
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
