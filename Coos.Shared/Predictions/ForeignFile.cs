using System.Text;

namespace Coos.Shared.Predictions;

/// <summary>Recognises files of other formats by their first bytes, to say what they are and what to do.</summary>
/// <remarks>
/// The signatures are those of each format's specification; most are listed in the magic files of the <c>file</c> command.
/// </remarks>
internal static class ForeignFile
{
    /// <summary>The number of bytes that are looked at: the signature of a tar archive is the last one, at byte 257.</summary>
    public const int Length = 512;

    private const string Export = "save the table as CSV (UTF-8)";
    private const string Write = "write the table as CSV text";
    private const string Repack = "unpack it, and send the .csv file itself, or as .csv.gz or in a .zip";
    private const string FetchAgain = "download the file itself again";

    /// <summary>The bytes as Latin-1 text, their offset, what they start, and what to do about it.</summary>
    private static readonly Signature[] Signatures =
    [
        new("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "an Excel workbook (.xls)", Export),
        new("PAR1", "a Parquet file", Write),
        new("\u0093NUMPY", "a NumPy array (.npy)", Write),
        new("ARROW1", "an Arrow file", Write),
        new("FEA1", "a Feather file", Write),
        new("\u0089HDF\r\n\u001A\n", "an HDF5 file", Write),
        new("CDF\u0001", "a NetCDF file", Write),
        new("CDF\u0002", "a NetCDF file", Write),
        new("MATLAB 5.0", "a MATLAB file (.mat)", Write),
        new("RDX2\n", "an R workspace (.RData)", Write),
        new("RDX3\n", "an R workspace (.RData)", Write),
        new("X\n\0\0\0\u0002", "an R object (.rds)", Write),
        new("X\n\0\0\0\u0003", "an R object (.rds)", Write),
        new("Obj\u0001", "an Avro file", Write),
        new("SQLite format 3\0", "an SQLite database", Write),
        new("version https://git-lfs", "a Git LFS pointer, not the file that it stands for", "run git lfs pull, and send that file"),
        new("7z\u00BC\u00AF\u0027\u001C", "a 7z archive", Repack),
        new("Rar!\u001A\u0007", "a RAR archive", Repack),
        new("\u00FD7zXZ\0", "compressed with xz", Repack),
        new("BZh", "compressed with bzip2", Repack),
        new("\u0028\u00B5\u002F\u00FD", "compressed with zstd", Repack),
        new("\u0004\u0022\u004D\u0018", "compressed with lz4", Repack),
        new("\u00FF\u0006\0\0sNaPpY", "compressed with snappy", Repack),
        new("\u001F\u009D", "compressed with compress (.Z)", Repack),
        new("\u001F\u008B", "compressed with gzip twice, or in another archive", "compress it once"),
        new("PK\u0003\u0004", "a zip in another archive", "pack it once"),
        new("PK\u0005\u0006", "a zip in another archive", "pack it once"),
        new("ustar", "a tar archive", Repack) { Offset = 257 },
        new("%PDF", "a PDF document", Export),
        new("{\\rtf", "a text document (RTF)", Export),
        new("\u0089PNG", "a picture (PNG)", Write),
        new("\u00FF\u00D8\u00FF", "a picture (JPEG)", Write),
        new("GIF8", "a picture (GIF)", Write),
        new("II*\0", "a picture (TIFF)", Write),
        new("MM\0*", "a picture (TIFF)", Write),
        new("\0\u0005\u0016\u0007", "what macOS stores beside a file (._ file)", "send the file without ._ in its name"),
        new("bplist00", "a property list of macOS", Export),
    ];

    /// <summary>Describes a file of another format: <c>the file is a Parquet file; ...</c>.</summary>
    /// <param name="start">The first bytes, up to <see cref="Length"/>.</param>
    /// <returns>What it is and what to do; null if it may be text with a header.</returns>
    public static string? Describe(ReadOnlySpan<byte> start)
    {
        var found = Find(start) ?? FindPickle(start) ?? FindMarkup(start);
        return found is null ? null : $"the file is {found.What}; {found.Advice}";
    }

    private static Signature? Find(ReadOnlySpan<byte> start)
    {
        foreach (var signature in Signatures)
        {
            if (start.Length >= signature.Offset && start[signature.Offset..].StartsWith(signature.Bytes))
            {
                return signature;
            }
        }

        return null;
    }

    /// <summary>A pickle of protocol 2 to 5 starts with its version; no UTF-8 text starts with that byte.</summary>
    private static Signature? FindPickle(ReadOnlySpan<byte> start) =>
        start is [0x80, >= 2 and <= 5, ..] ? new Signature("", "a Python pickle", Write) : null;

    /// <summary>A header cannot start with the first characters of HTML, XML and JSON.</summary>
    private static Signature? FindMarkup(ReadOnlySpan<byte> start)
    {
        var text = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
        return text switch
        {
            [(byte)'<', (byte)'?', ..] => new Signature("", "XML text", Export),
            [(byte)'<', ..] => new Signature("", "a web page (HTML), perhaps one that asks to sign in", FetchAgain),
            [(byte)'{', ..] => new Signature("", "JSON text", Write),
            [
                (byte)'[',
                (byte)'{'
                or (byte)'['
                or (byte)'"'
                or (byte)' '
                or (byte)'\n'
                or (byte)'\r'
                or (>= (byte)'0' and <= (byte)'9'),
                ..,
            ] => new Signature("", "JSON text", Write),
            _ => null,
        };
    }

    /// <summary>A signature.</summary>
    /// <param name="Text">The bytes, as Latin-1 text.</param>
    /// <param name="What">What a file is that has them.</param>
    /// <param name="Advice">What to do about it.</param>
    private sealed record Signature(string Text, string What, string Advice)
    {
        public byte[] Bytes { get; } = Encoding.Latin1.GetBytes(Text);

        public int Offset { get; init; }
    }
}
