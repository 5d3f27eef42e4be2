using System.Globalization;
using System.Text;
using Coos.Shared.Text.Unicode;

namespace Coos.Server.Accounts;

/// <summary>Decides which characters a name may have: letters and digits of all scripts, their marks, and some punctuation.</summary>
internal static class NameCharacters
{
    /// <summary>The punctuation, besides spaces: ASCII, the apostrophe U+2019, and the hyphens and dots of other scripts.</summary>
    private const string Punctuation = ".,-_'&()+\u2019\u2010\u00B7\u30FB\u05F3\u05F4";

    /// <summary>More marks on one letter than any script needs cover the lines around the name.</summary>
    private const int MaximumMarks = 4;

    /// <summary>Finds the first problem of a name in form KC: what it contains and what is allowed; null if there is none.</summary>
    public static string? FindProblem(string name)
    {
        if (InvisibleCharacter.Find(name) is { } invisible)
        {
            return $"name contains the invisible character {invisible.Name}; remove it";
        }

        var (marks, hasLetter) = (0, false);
        foreach (var rune in name.EnumerateRunes())
        {
            var isMark = IsMark(rune);
            if (isMark && !hasLetter)
            {
                return $"name starts with the combining mark U+{rune.Value:X4}; write it after its letter";
            }

            if (!isMark && !IsAllowed(rune))
            {
                return $"name contains {Describe(rune)}; allowed: letters and digits of all scripts, spaces and .,-_'\u2019&()+";
            }

            (marks, hasLetter) = (isMark ? marks + 1 : 0, hasLetter || Rune.IsLetterOrDigit(rune));
            if (marks > MaximumMarks)
            {
                return $"name has more than {MaximumMarks} combining marks on one letter; remove some of them";
            }
        }

        return hasLetter ? null : "name contains neither a letter nor a digit; add one";
    }

    /// <summary>The character and its code, or only the code if the character cannot be seen.</summary>
    private static string Describe(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"the character U+{rune.Value:X4}" : $"\"{rune}\" (U+{rune.Value:X4})";

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsAllowed(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || rune.Value is ' ' or 0x200C or 0x200D
        || (rune.IsBmp && Punctuation.Contains((char)rune.Value, StringComparison.Ordinal));
}
