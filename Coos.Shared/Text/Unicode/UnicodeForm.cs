using System.Text;

namespace Coos.Shared.Text.Unicode;

/// <summary>
/// Converts text to the normalisation forms of Unicode Standard Annex 15. <see cref="string.Normalize()"/> returns the text unchanged
/// under InvariantGlobalization, and otherwise depends on the machine's ICU, so two servers of one database could disagree about a name.
/// </summary>
public static class UnicodeForm
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int Syllables = Leads * Vowels * Tails;

    /// <summary>Converts a text to form C: an accent and its letter are one character where there is one.</summary>
    /// <param name="text">The text; an unpaired surrogate becomes U+FFFD.</param>
    public static string ToC(string text) => Convert(text, isCompatible: false, isComposed: true);

    /// <summary>Converts a text to form D: an accent and its letter are two characters.</summary>
    /// <param name="text">The text; an unpaired surrogate becomes U+FFFD.</param>
    public static string ToD(string text) => Convert(text, isCompatible: false, isComposed: false);

    /// <summary>Converts a text to form KC: as form C, and variants of a letter, such as full-width ones, become the letter.</summary>
    /// <param name="text">The text; an unpaired surrogate becomes U+FFFD.</param>
    public static string ToKC(string text) => Convert(text, isCompatible: true, isComposed: true);

    private static string Convert(string text, bool isCompatible, bool isComposed)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var data = NormalizationData.Instance;
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, isCompatible, data, codes);
        }

        Order(codes, data);
        if (isComposed)
        {
            Compose(codes, data);
        }

        var result = new StringBuilder(codes.Count);
        codes.ForEach(code => result.Append(new Rune(code).ToString()));
        return result.ToString();
    }

    private static void Decompose(int code, bool isCompatible, NormalizationData data, List<int> codes)
    {
        var index = code - SyllableBase;
        if (index is >= 0 and < Syllables)
        {
            codes.Add(LeadBase + (index / (Vowels * Tails)));
            codes.Add(VowelBase + (index % (Vowels * Tails) / Tails));
            if (index % Tails > 0)
            {
                codes.Add(TailBase + (index % Tails));
            }
        }
        else if (data.Decompose(code, isCompatible) is { } parts)
        {
            foreach (var part in parts)
            {
                Decompose(part, isCompatible, data, codes);
            }
        }
        else
        {
            codes.Add(code);
        }
    }

    /// <summary>Sorts the marks between two letters by combining class, stably, so that their order does not matter.</summary>
    private static void Order(List<int> codes, NormalizationData data)
    {
        var start = 0;
        while (start < codes.Count)
        {
            var end = start;
            while (end < codes.Count && data.Class(codes[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] marks = [.. codes[start..end].OrderBy(data.Class)];
                for (var i = 0; i < marks.Length; i++)
                {
                    codes[start + i] = marks[i];
                }
            }

            start = Math.Max(end, start + 1);
        }
    }

    private static void Compose(List<int> codes, NormalizationData data)
    {
        var (kept, starter, last) = (0, -1, -1);
        for (var i = 0; i < codes.Count; i++)
        {
            var (code, order) = (codes[i], (int)data.Class(codes[i]));

            // A mark of the same or a higher class in between blocks the composition.
            if (starter >= 0 && (last < order || last == -1) && Pair(codes[starter], code, data) is { } composed)
            {
                codes[starter] = composed;
                continue;
            }

            if (order == 0)
            {
                (starter, last) = (kept, -1);
            }
            else
            {
                last = order;
            }

            codes[kept++] = code;
        }

        codes.RemoveRange(kept, codes.Count - kept);
    }

    private static int? Pair(int first, int second, NormalizationData data)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return SyllableBase + (((lead * Vowels) + vowel) * Tails);
        }

        var (syllable, tail) = (first - SyllableBase, second - TailBase);
        var isOpenSyllable = syllable is >= 0 and < Syllables && syllable % Tails == 0;
        return isOpenSyllable && tail is > 0 and < Tails ? first + tail : data.Compose(first, second);
    }
}
