using System.Globalization;
using System.Text;

namespace Coos.Shared.Text.Unicode;

/// <summary>
/// A character of a text that nobody can see: two texts that differ by it look the same. Joiners between letters of scripts that need
/// them, and those of emoji, are part of what is seen and do not count.
/// </summary>
/// <param name="Rune">The character.</param>
/// <param name="Position">Its position in the text, from 1, in characters.</param>
public sealed record InvisibleCharacter(Rune Rune, int Position)
{
    private const int FirstOfComplexScripts = 0x0600;
    private const int LastOfComplexScripts = 0x1CFF;
    private const int EmojiStyle = 0xFE0F;
    private const int KeyCap = 0x20E3;

    private static readonly Dictionary<int, string> Names = new()
    {
        [0x00AD] = "soft hyphen",
        [0x034F] = "combining grapheme joiner",
        [0x061C] = "Arabic letter mark",
        [0x115F] = "Hangul filler",
        [0x1160] = "Hangul filler",
        [0x17B4] = "Khmer inherent vowel",
        [0x17B5] = "Khmer inherent vowel",
        [0x180E] = "Mongolian vowel separator",
        [0x200B] = "zero width space",
        [0x200C] = "zero width non-joiner",
        [0x200D] = "zero width joiner",
        [0x200E] = "left-to-right mark",
        [0x200F] = "right-to-left mark",
        [0x202A] = "left-to-right embedding",
        [0x202B] = "right-to-left embedding",
        [0x202C] = "pop directional formatting",
        [0x202D] = "left-to-right override",
        [0x202E] = "right-to-left override",
        [0x2060] = "word joiner",
        [0x2066] = "left-to-right isolate",
        [0x2067] = "right-to-left isolate",
        [0x2068] = "first strong isolate",
        [0x2069] = "pop directional isolate",
        [0x2800] = "blank Braille pattern",
        [0x3164] = "Hangul filler",
        [0xFE0E] = "text variation selector",
        [0xFE0F] = "emoji variation selector",
        [0xFEFF] = "byte order mark",
        [0xFFA0] = "Hangul filler",
    };

    /// <summary>The character by code and name: <c>U+200B (zero width space)</c>.</summary>
    public string Name =>
        string.Create(CultureInfo.InvariantCulture, $"U+{Rune.Value:X4}")
        + (Names.TryGetValue(Rune.Value, out var name) ? $" ({name})" : "");

    /// <summary>Finds the first invisible character of a text; null if there is none.</summary>
    /// <param name="text">The text.</param>
    public static InvisibleCharacter? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Rune[] runes = [.. text.EnumerateRunes()];
        for (var i = 0; i < runes.Length; i++)
        {
            if (IsInvisible(runes[i]) && !IsNeeded(runes, i))
            {
                return new InvisibleCharacter(runes[i], i + 1);
            }
        }

        return null;
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>Whether the characters around it make it visible.</summary>
    private static bool IsNeeded(Rune[] runes, int index)
    {
        if (index == 0)
        {
            return false;
        }

        var (before, after) = (runes[index - 1], index + 1 < runes.Length ? runes[index + 1] : new Rune(' '));
        return runes[index].Value switch
        {
            0x200C or 0x200D when IsOfComplexScript(before) && IsOfComplexScript(after) => true,
            0x200D => IsEmoji(before) && IsEmoji(after),
            0xFE0E or EmojiStyle => IsEmoji(before) || after.Value == KeyCap,
            _ => false,
        };
    }

    /// <summary>Whether it is a letter or mark of a script whose letters join: Arabic, those of India, and others.</summary>
    private static bool IsOfComplexScript(Rune rune) =>
        rune.Value is >= FirstOfComplexScripts and <= LastOfComplexScripts
        && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static bool IsEmoji(Rune rune) =>
        rune.Value == EmojiStyle || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
