namespace Coos.Shared.Delimited;

/// <summary>Writes fields of comma-separated text.</summary>
public static class CsvField
{
    /// <summary>A field as RFC 4180 has it: in quotes, quotes inside doubled, where it holds a comma, a quote or a line feed; else as it is.</summary>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }
}
