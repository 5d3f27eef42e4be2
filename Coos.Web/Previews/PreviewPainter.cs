namespace Coos.Web.Previews;

/// <summary>
/// Lets pictures be drawn as long as the native library that draws them is there: on a system that it was not made for, the
/// pages lack their pictures and nothing else.
/// </summary>
internal partial class PreviewPainter
{
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

    /// <summary>Draws a picture; null where the library cannot be loaded, which is tried and logged once.</summary>
    public byte[]? Draw(Func<byte[]> draw) => _isReady.Value ? draw() : null;

    /// <summary>Loads the library.</summary>
    protected virtual void Load() => PreviewText.Load();

    private static partial class Log
    {
        [LoggerMessage(
            340,
            LogLevel.Error,
            "The native library of SkiaSharp could not be loaded: pictures of links answer 503, all else works"
        )]
        public static partial void Missing(ILogger logger, Exception failure);
    }
}
