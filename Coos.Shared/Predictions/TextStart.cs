using System.Text;
using Coos.Shared.Delimited;

namespace Coos.Shared.Predictions;

/// <summary>Checks the start of a table: what the file is, its encoding, its line ends, and what stands before the header.</summary>
internal static class TextStart
{
    /// <summary>The separators that other programs use and that are not read.</summary>
    private static readonly char[] OtherSeparators = ['|', ' ', ':', '~', '^'];

    /// <summary>A longer line is not a header of names between other separators.</summary>
    private const int MaximumHeader = 10_000;

    /// <summary>Checks the start of a text, and skips a line <c>sep=;</c>.</summary>
    /// <param name="reader">A reader before its first record.</param>
    /// <returns>What is wrong with it, and the line if it is a line's; null if the header can be read.</returns>
    public static (int? Line, string Message)? Check(DelimitedReader reader)
    {
        var start = reader.PeekStart(ForeignFile.Length);
        if (IsUtf16(start))
        {
            return (1, "the file is UTF-16 text; save it as UTF-8");
        }

        if (ForeignFile.Describe(start) is { } foreign)
        {
            return (null, foreign);
        }

        if (IsSeparatorLine(reader.PeekLine()))
        {
            reader.SkipLine();
        }

        return reader.PeekLine() is [.., (byte)'\r']
            ? (
                reader.Line + 1,
                "the lines end with CR CR LF, as if converted twice; save them with LF or CRLF (in Python, open with newline='')"
            )
            : null;
    }

    /// <summary>Finds the first comma, tab or semicolon outside quotes; a comma if the line has one field.</summary>
    public static byte FindDelimiter(ReadOnlySpan<byte> line)
    {
        var inside = false;
        foreach (var value in line)
        {
            inside ^= value == (byte)'"';
            if (!inside && value is (byte)',' or (byte)'\t' or (byte)';')
            {
                return value;
            }
        }

        return (byte)',';
    }

    /// <summary>Finds the character that separates the names of a header in place of those that are read.</summary>
    /// <param name="line">The first line.</param>
    /// <param name="known">The names of columns.</param>
    /// <returns>The separator; null if the line has one that is read, or does not look like names between others.</returns>
    public static char? FindOtherSeparator(ReadOnlySpan<byte> line, IReadOnlyList<string> known)
    {
        if (line.Length > MaximumHeader || line.ContainsAny(",;\t"u8))
        {
            return null;
        }

        var header = Encoding.UTF8.GetString(line);
        foreach (var separator in OtherSeparators)
        {
            var names = header.Split(separator, StringSplitOptions.RemoveEmptyEntries);
            if (names.Length > 1 && names.Any(name => known.Contains(name.Trim('"', '\'', ' '), StringComparer.OrdinalIgnoreCase)))
            {
                return separator;
            }
        }

        return null;
    }

    /// <summary>A mark of UTF-16, or a zero in every other byte, as ASCII text has it in UTF-16.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> start) =>
        start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [> 0, 0, > 0, 0, ..] or [0, > 0, 0, > 0, ..];

    /// <summary>Whether a line tells a spreadsheet program its separator, and is not data.</summary>
    private static bool IsSeparatorLine(ReadOnlySpan<byte> line) =>
        line.Length <= 8 && Encoding.ASCII.GetString(line).Trim('"', ' ').StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
}
