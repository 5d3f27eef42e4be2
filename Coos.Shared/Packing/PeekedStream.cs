namespace Coos.Shared.Packing;

/// <summary>A stream whose first bytes were read already and are read again.</summary>
/// <param name="start">The first bytes.</param>
/// <param name="rest">The stream behind them.</param>
/// <param name="leaveOpen">Whether it stays open when this one is closed.</param>
internal sealed class PeekedStream(byte[] start, Stream rest, bool leaveOpen = true) : ReadOnlyStream
{
    private int _position;

    /// <summary>Reads the first bytes of a stream without consuming them.</summary>
    /// <param name="content">The stream; it must not be read any more if it cannot seek.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="start">The bytes; fewer than asked for if the stream has no more.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the one that is returned is closed.</param>
    /// <returns>A stream that starts where the given one did.</returns>
    public static Stream Open(Stream content, int length, out byte[] start, bool leaveOpen = true)
    {
        start = new byte[length];
        var position = content.CanSeek ? content.Position : 0;
        Array.Resize(ref start, content.ReadAtLeast(start, length, throwOnEndOfStream: false));
        if (!content.CanSeek)
        {
            return new PeekedStream(start, content, leaveOpen);
        }

        content.Position = position;
        return content;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position == start.Length)
        {
            return rest.Read(buffer);
        }

        var length = Math.Min(buffer.Length, start.Length - _position);
        start.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
