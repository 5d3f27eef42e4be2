using System.Buffers;
using System.Globalization;

namespace Coos.Shared.Delimited;

/// <summary>Writes fields of comma-separated text.</summary>
public static class CsvField
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Quotes a field as in RFC 4180 if it holds a comma, a quote or a line break.</summary>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().IndexOfAny(Quoted) >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    /// <summary>
    /// Quotes a field of a table that people open in spreadsheet programs. Such a program runs a cell that starts like a formula,
    /// so a name that someone chose could read the other cells and send them away. An apostrophe in front makes it text. Numbers
    /// stay as they are.
    /// </summary>
    public static string QuoteForSpreadsheet(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Quote(field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !IsNumber(field) ? "'" + field : field);
    }

    /// <summary>Writes a number with all its digits; empty for null, and 0 for -0.</summary>
    public static string Number(double? value) => (value + 0.0)?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static bool IsNumber(string field) =>
        double.TryParse(
            field,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number);
}
