using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Keeps the error messages of the TIFF library, which would otherwise print them.</summary>
internal sealed class TiffErrorLog : TiffErrorHandler
{
    [ThreadStatic]
    private static string? _last;

    /// <summary>Installs the handler; must run before files are opened.</summary>
    public static void Install() => BitMiracle.LibTiff.Classic.Tiff.SetErrorHandler(new TiffErrorLog());

    /// <summary>Returns and clears the last error on this thread, without the name of the file, which messages start with.</summary>
    public static string TakeLast(string file)
    {
        var text = _last ?? "the file is damaged";
        _last = null;
        return text.StartsWith(file + ": ", StringComparison.Ordinal) ? text[(file.Length + 2)..] : text;
    }

    public override void ErrorHandler(BitMiracle.LibTiff.Classic.Tiff tif, string method, string format, params object[] args) =>
        _last = string.Format(CultureInfo.InvariantCulture, format, args);

    public override void WarningHandler(BitMiracle.LibTiff.Classic.Tiff tif, string method, string format, params object[] args)
    {
        // Microscopes write many private tags, which do not affect the pixels.
    }
}
