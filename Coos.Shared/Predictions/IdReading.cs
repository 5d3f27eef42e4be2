using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coos.Shared.Labels;
using Coos.Shared.Text.Unicode;

namespace Coos.Shared.Predictions;

/// <summary>What an id may have been before a program changed it.</summary>
/// <param name="Text">The id.</param>
/// <param name="Reason">What happened to it; empty for the id as it is.</param>
internal sealed partial record IdReading(string Text, string Reason)
{
    /// <summary>Lists what an id may have been, the most specific first.</summary>
    /// <param name="id">The id in the file.</param>
    public static IEnumerable<IdReading> Of(string id)
    {
        var visible = RemoveInvisible(id);
        if (visible.Length < id.Length)
        {
            yield return new(visible, "remove the invisible characters in it");
        }

        var trimmed = visible.Trim();
        if (trimmed.Length < visible.Length)
        {
            yield return new(trimmed, "remove the spaces around it");
        }

        // macOS writes the names of files with separate accents, others mostly without.
        if (UnicodeForm.ToC(trimmed) is var joined && joined != trimmed)
        {
            yield return new(joined, "write each letter and its accent as one character (Unicode form C)");
        }
        else if (UnicodeForm.ToD(trimmed) is var separate && separate != trimmed)
        {
            yield return new(separate, "write accents as separate characters (Unicode form D)");
        }

        var match = Quoted().Match(trimmed);
        if (match.Success)
        {
            yield return new(match.Groups["inner"].Value, "remove the marks of text around it");
        }

        var inner = match.Success ? match.Groups["inner"].Value : trimmed;
        if (Thousands().IsMatch(inner))
        {
            yield return new(string.Concat(inner.Where(char.IsAsciiDigit)), "remove the thousands separators");
        }

        if (WholeNumber.TryRead(inner, out var digits))
        {
            var isScientific = inner.Contains('e', StringComparison.OrdinalIgnoreCase);
            yield return new(
                digits,
                isScientific ? "ids were written in scientific notation, which can lose digits" : "ids were read as floats"
            );
        }

        yield return new(trimmed, "");
    }

    /// <summary>Explains an id that is near no image: <c>; it is empty</c>; empty if there is nothing to say.</summary>
    public static string Explain(ReadOnlySpan<byte> id)
    {
        var text = RemoveInvisible(Encoding.UTF8.GetString(id[..Math.Min(id.Length, ImageIndex.MaximumIdLength)])).Trim();
        return text.Length == 0 ? "; the id is empty"
            : text.ToUpperInvariant() is "NAN" or "NONE" or "NULL" or "NA" or "<NA>" or "#N/A" ? "; it is a missing value"
            : text == PredictionColumns.ImageIdName ? "; the header is repeated on this line"
            : WholeNumber.IsScientific(text) ? "; scientific notation loses digits, so write ids as text"
            : "";
    }

    /// <summary>Removes characters that cannot be seen, such as a byte order mark or a zero-width space.</summary>
    private static string RemoveInvisible(string text) =>
        string.Concat(text.Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control)));

    /// <summary>Marks of text in spreadsheets and programs: <c>="00001"</c>, <c>'00001</c>, <c>b'00001'</c>.</summary>
    [GeneratedRegex(@"^(?:=?""(?<inner>.+)""|b?'(?<inner>.+?)'?|\[(?<inner>.+)\]|[\w.]+\((?<inner>[^,]+)(,.*)?\))$")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\d{1,3}([,.' _\u2019\u00A0\u202F]\d{3})+$")]
    private static partial Regex Thousands();
}
