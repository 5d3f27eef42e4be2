using System.Buffers;

namespace Coos.Server.Images;

/// <summary>
/// Keeps what is written until it is sent. A zip is written synchronously in part, which the response of a web server does not allow.
/// </summary>
internal sealed class PendingStream : Stream
{
    private readonly ArrayBufferWriter<byte> _pending = new();

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what was written, and forgets it.</summary>
    /// <param name="target">Where to send it.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    public async Task SendAsync(Stream target, CancellationToken cancellation)
    {
        await target.WriteAsync(_pending.WrittenMemory, cancellation);
        _pending.ResetWrittenCount();
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => _pending.Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer) => _pending.Write(buffer);

    /// <inheritdoc />
    public override void Flush()
    {
        // What is pending is sent by SendAsync.
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();
}
