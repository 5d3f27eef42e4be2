using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Reads a model file from the database, one part at a time.</summary>
internal sealed class ModelStream(IDbContextFactory<CoosDbContext> databases, Guid model) : Stream
{
    private byte[] _chunk = [];
    private int _position;
    private int _next;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == _chunk.Length)
        {
            using var database = databases.CreateDbContext();
            _chunk = database.ModelChunks.Where(c => c.ModelId == model && c.Index == _next).Select(c => c.Content).FirstOrDefault() ?? [];
            (_position, _next) = (0, _next + 1);
        }

        var read = Math.Min(count, _chunk.Length - _position);
        _chunk.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
        _position += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
