using Coos.Server.Problems;

namespace Coos.Web.Previews;

/// <summary>
/// Draws preview images if the native drawing library can be loaded. On an unsupported system, only the preview images are
/// missing.
/// </summary>
internal partial class PreviewPainter
{
    /// <summary>Refuses a figure as PNG that there is as SVG.</summary>
    public static readonly Refusal Unavailable = new(
        RefusalKind.Unavailable,
        "PNG files are not available",
        "This server cannot draw PNG files, because its drawing library does not run on this system. The SVG file shows the same."
    );

    private readonly Lazy<bool> _isReady;

    public PreviewPainter(ILogger<PreviewPainter> logger) =>
        _isReady = new(() =>
        {
            try
            {
                Load();
                return true;
            }
            catch (Exception failure)
                when (failure
                        is TypeInitializationException
                            or DllNotFoundException
                            or EntryPointNotFoundException
                            or BadImageFormatException
                )
            {
                Log.Missing(logger, failure);
                return false;
            }
        });

    /// <summary>Draws an image; null if the library cannot be loaded. Loading is attempted and logged once.</summary>
    public byte[]? Draw(Func<byte[]> draw) => _isReady.Value ? draw() : null;

    /// <summary>Loads the library.</summary>
    protected virtual void Load() => PreviewText.Load();

    private static partial class Log
    {
        [LoggerMessage(
            340,
            LogLevel.Error,
            "The native library of SkiaSharp could not be loaded; requests for preview images return 503, everything else works"
        )]
        public static partial void Missing(ILogger logger, Exception failure);
    }
}
