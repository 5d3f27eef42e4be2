using System.Text.Json;

namespace Coos.Shared.Text;

/// <summary>Describes JSON that cannot be parsed, with one position: the line, counted from 1 as editors do.</summary>
public static class JsonFault
{
    private static readonly string[] Positions = [" Path: ", " LineNumber: "];

    /// <summary>The line and the reason: <c>line 4: '}' is invalid after a property name</c>.</summary>
    /// <param name="fault">The exception of the parser, whose own message counts lines from 0.</param>
    public static string Describe(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.LineNumber is { } line ? $"line {line + 1}: invalid JSON: {Reason(fault)}" : $"invalid JSON: {Reason(fault)}";
    }

    /// <summary>A sentence about the line and the reason: <c>Line 4 is not valid JSON: '}' is invalid after a property name.</c></summary>
    /// <param name="fault">The exception of the parser.</param>
    public static string ToSentence(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var place = fault.LineNumber is { } line ? $"Line {line + 1}" : "The body";
        return $"{place} is not valid JSON: {Reason(fault).TrimEnd('.')}.";
    }

    /// <summary>The reason without the parser's position.</summary>
    /// <param name="fault">The exception of the parser.</param>
    public static string Reason(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var end = Positions
            .Select(p => fault.Message.IndexOf(p, StringComparison.Ordinal))
            .Where(at => at >= 0)
            .DefaultIfEmpty(fault.Message.Length)
            .Min();
        return fault.Message[..end].TrimEnd();
    }
}
