namespace Coos.Shared.Delimited;

/// <summary>Writes fields of comma-separated text.</summary>
public static class CsvField
{
    /// <summary>Quotes a field as in RFC 4180 if it holds a comma, a quote or a line feed.</summary>
    public static string Quote(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }
}
