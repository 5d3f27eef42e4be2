using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Keeps what the TIFF library has to say, which it would otherwise print, until the caller asks for it.</summary>
internal sealed class QuietErrors : TiffErrorHandler
{
    [ThreadStatic]
    private static string? _last;

    /// <summary>Makes the library quiet; files are opened only after this.</summary>
    public static void Install() => BitMiracle.LibTiff.Classic.Tiff.SetErrorHandler(new QuietErrors());

    /// <summary>The latest error on this thread, which is then forgotten.</summary>
    public static string Take()
    {
        var text = _last ?? "the file is damaged";
        _last = null;
        return text;
    }

    public override void ErrorHandler(BitMiracle.LibTiff.Classic.Tiff tif, string method, string format, params object[] args) =>
        _last = string.Format(CultureInfo.InvariantCulture, format, args);

    public override void WarningHandler(BitMiracle.LibTiff.Classic.Tiff tif, string method, string format, params object[] args)
    {
        // Microscopes write private tags of all sorts; they do not concern the pixels.
    }
}
