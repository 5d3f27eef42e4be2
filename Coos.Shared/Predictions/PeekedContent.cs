using System.Diagnostics.CodeAnalysis;
using Coos.Shared.Packing;

namespace Coos.Shared.Predictions;

/// <summary>A file whose first bytes tell its format. Closing it closes its temporary copy, not the stream that it reads.</summary>
internal sealed class PeekedContent : IDisposable
{
    [SuppressMessage("Usage", "CA2213", Justification = "The stream is the caller's.")]
    private readonly Stream _content;
    private Stream? _copy;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="content">The file; left open, and not to be used otherwise.</param>
    public PeekedContent(Stream content)
    {
        _content = PeekedStream.Open(content, PredictionFormats.Length, out var start);
        Format = PredictionFormats.Detect(start);
    }

    /// <summary>The format.</summary>
    public PredictionFormat Format { get; }

    /// <summary>The file from its start.</summary>
    public Stream Stream => _content;

    /// <summary>Gets the file as a stream that can seek.</summary>
    /// <param name="maximumBytes">The number of bytes that it may have.</param>
    /// <returns>Null if the file has more bytes.</returns>
    public Stream? Seek(long maximumBytes)
    {
        if (_content.CanSeek)
        {
            return _content;
        }

        return _copy ??= SpooledStream.Open(_content, maximumBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _copy?.Dispose();
}
