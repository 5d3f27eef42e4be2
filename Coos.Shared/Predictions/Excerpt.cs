using System.Globalization;
using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>Quotes text of a file for messages: at most <see cref="MaximumLength"/> characters, nothing unprintable.</summary>
public static class Excerpt
{
    /// <summary>The maximum number of characters that are shown.</summary>
    public const int MaximumLength = 40;

    /// <summary>Quotes some bytes of a file, whether valid UTF-8 or not.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        // A character has at most four bytes; this is enough for one more than is shown.
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * (MaximumLength + 1))]);
        var shown = new StringBuilder(MaximumLength + 3).Append('"');
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaximumLength)
            {
                return shown.Append("...\"").ToString();
            }

            shown.Append(IsPrintable(rune) ? rune.ToString() : "\uFFFD");
        }

        return shown.Append('"').ToString();
    }

    /// <summary>Shortens text as <see cref="Quote"/> does, without the quotes.</summary>
    public static string Plain(ReadOnlySpan<byte> bytes) => Quote(bytes)[1..^1];

    /// <summary>Format characters can reverse the text around them, and line separators break the lines of a report.</summary>
    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
