using System.IO.Compression;

namespace Coos.Shared.Predictions;

/// <summary>Recognises formats that are zips inside: workbooks, NumPy archives, models. Names compression methods.</summary>
internal static class ZipFormats
{
    /// <summary>The method of an entry that is encrypted with AES; the real one is stored elsewhere.</summary>
    public const int AesMethod = 99;

    private const string Export = "save the sheet as CSV (UTF-8)";
    private const string Write = "write the table as CSV text";

    /// <summary>The names of compression methods. Source: PKWARE APPNOTE 6.3.10, section 4.4.5.</summary>
    private static readonly Dictionary<int, string> MethodNames = new()
    {
        [1] = "Shrink",
        [2] = "Reduce",
        [3] = "Reduce",
        [4] = "Reduce",
        [5] = "Reduce",
        [6] = "Implode",
        [12] = "BZip2",
        [14] = "LZMA",
        [20] = "Zstandard",
        [93] = "Zstandard",
        [94] = "MP3",
        [95] = "XZ",
        [96] = "JPEG",
        [97] = "WavPack",
        [98] = "PPMd",
    };

    /// <summary>Describes a zip of another format: <c>the file is a workbook ...; ...</c>.</summary>
    /// <param name="entries">The entries of the zip.</param>
    /// <param name="readsArrays">Whether NumPy arrays are read.</param>
    /// <returns>What it is and what to do; null if it may hold what is read.</returns>
    public static string? Describe(IReadOnlyList<ZipArchiveEntry> entries, bool readsArrays)
    {
        bool Has(string name) => entries.Any(e => e.FullName == name || e.FullName.EndsWith("/" + name, StringComparison.Ordinal));
        var (what, advice) =
            !readsArrays && IsArchive(entries) ? ("a NumPy archive (.npz)", Write)
            : Has("[Content_Types].xml") && Has("word/document.xml") ? ("a text document (.docx)", Export)
            : Has("[Content_Types].xml") ? ("a workbook of a spreadsheet program (.xlsx)", Export)
            : Has("mimetype") && Has("content.xml") ? ("a workbook of a spreadsheet program (.ods)", Export)
            : Has("Index/Document.iwa") ? ("a workbook of a spreadsheet program (.numbers)", Export)
            : Has("data.pkl") ? ("a PyTorch file (.pt)", Write)
            : ("", "");
        return what.Length == 0 ? null : $"the file is {what}; {advice}";
    }

    private static bool IsArchive(IReadOnlyList<ZipArchiveEntry> entries) =>
        entries.Count > 0 && entries.All(e => e.FullName.EndsWith(".npy", StringComparison.Ordinal));

    /// <summary>Whether entries of a compression method can be read: stored, Deflate or Deflate64.</summary>
    public static bool IsReadable(int method) => method is 0 or 8 or 9;

    /// <summary>The name of a compression method.</summary>
    public static string MethodName(int method) => MethodNames.GetValueOrDefault(method, FormattableString.Invariant($"method {method}"));
}
