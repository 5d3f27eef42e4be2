using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>Shows what stands in a file: quoted, at most <see cref="MaximumLength"/> characters, nothing unprintable.</summary>
public static class Evidence
{
    /// <summary>How many characters are shown.</summary>
    public const int MaximumLength = 40;

    /// <summary>Quotes some bytes of a file, UTF-8 or not.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * MaximumLength)]);
        var shown = new StringBuilder(MaximumLength + 3).Append('"');
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaximumLength)
            {
                return shown.Append("...\"").ToString();
            }

            shown.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return shown.Append('"').ToString();
    }
}
