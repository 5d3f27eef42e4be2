using Coos.Shared.Packing;

namespace Coos.Shared.Predictions.Columns;

/// <summary>A seekable file that is read up to a limit, so that the Parquet library reads no page that was not checked.</summary>
/// <param name="content">The file; left open.</param>
internal sealed class BoundedStream(Stream content) : ReadOnlyStream
{
    /// <summary>The position that nothing behind is read of.</summary>
    public long Limit { get; set; } = content.Length;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override long Length => content.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => content.Position;
        set => content.Position = value;
    }

    /// <inheritdoc/>
    /// <exception cref="EndOfStreamException">There is nothing before the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var left = Limit - content.Position;
        return left <= 0 && !buffer.IsEmpty
            ? throw new EndOfStreamException("The file is read behind the part that was checked.")
            : content.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(left, 0))]);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => content.Seek(offset, origin);
}
