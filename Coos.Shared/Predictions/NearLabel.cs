using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Shared.Benchmarks;

namespace Coos.Shared.Predictions;

/// <summary>Explains a label that is not a class: a missing value, or a class as a program prints it.</summary>
internal static partial class NearLabel
{
    private const int MaximumLength = 200;

    private static readonly string[] MissingValues =
    [
        "",
        "nan",
        "none",
        "null",
        "nil",
        "na",
        "n/a",
        "#n/a",
        "<na>",
        "nat",
        "missing",
        "?",
        "-",
    ];

    /// <summary>Explains a label: <c>; write 3</c>, or that it is missing; empty if there is nothing to say.</summary>
    public static string Explain(ReadOnlySpan<byte> label, ClassNames classes)
    {
        if (label.Length > MaximumLength)
        {
            return "";
        }

        var text = Clean(Encoding.UTF8.GetString(label));
        if (MissingValues.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return ", it is a missing value; predict a class for every image";
        }

        // -1 is no other way to write 1, but a value for "none".
        var isNegative = text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        foreach (var reading in isNegative ? [] : Readings(text))
        {
            if (classes.Find(Encoding.UTF8.GetBytes(reading)) >= 0)
            {
                return $"; write {reading}";
            }
        }

        return "";
    }

    /// <summary>Whether a label stands for a missing value.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> label) =>
        label.Length <= MaximumLength && MissingValues.Contains(Clean(Encoding.UTF8.GetString(label)), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Readings(string text)
    {
        yield return text;
        var inner = Wrapping().Replace(text, "${inner}");
        for (var length = text.Length; inner.Length < length; inner = Wrapping().Replace(inner, "${inner}"))
        {
            length = inner.Length;
            inner = Clean(inner);
        }

        yield return inner;
        if (WholeNumber.TryRead(inner, out var digits))
        {
            yield return digits;
        }

        yield return Leading().Replace(inner, "");
        yield return Separators().Replace(inner, " ");
        yield return Separators().Replace(inner, "_");
        yield return Separators().Replace(inner, "-");
        yield return Separators().Replace(inner, "");
    }

    /// <summary>Removes what cannot be seen, and white space around the text.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))).Trim();

    /// <summary>Quotes, brackets and calls around a value: <c>tensor(3, device='cuda:0')</c>, <c>[3]</c>, <c>b'ER'</c>.</summary>
    [GeneratedRegex(@"^(?:[\w.]*\((?<inner>[^,]*)(,.*)?\)|\[(?<inner>[^\[\],]*)\]|b?'(?<inner>.*)'|b?""(?<inner>.*)""|=(?<inner>"".*""))$")]
    private static partial Regex Wrapping();

    /// <summary>A plus sign and zeros before a number.</summary>
    [GeneratedRegex(@"^\+?0*(?=\d+$)|^(class|label)[\s_\-:]*")]
    private static partial Regex Leading();

    [GeneratedRegex(@"[\s_\-]+")]
    private static partial Regex Separators();
}
