using System.Globalization;

namespace Coos.Shared.Text.Unicode;

/// <summary>Reads the tables that <c>tools/unicode-tables.py</c> makes from the Unicode Character Database.</summary>
internal static class UnicodeTable
{
    /// <summary>Reads the lines of a table, without comments, each as its fields.</summary>
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream =
            typeof(UnicodeTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split(' ');
            }
        }
    }

    /// <summary>Reads a code point in hexadecimal.</summary>
    public static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Reads code points in hexadecimal.</summary>
    public static int[] Codes(IEnumerable<string> texts) => [.. texts.Select(Code)];
}
