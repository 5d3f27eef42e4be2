namespace Coos.Shared.Packing;

/// <summary>
/// The packed bytes of a gzip file as an inflater takes them. It takes more than it needs and does not tell how much; what
/// it took last is kept, so that the end of its data can be found in there.
/// </summary>
internal sealed class PackedBytes(Stream stream) : ReadOnlyStream
{
    private const int Size = 1 << 16;

    private readonly byte[] _buffer = new byte[Size];

    /// <summary>What comes next, where the last bytes that were taken start, and where what is buffered ends.</summary>
    private int _next;
    private int _taken;
    private int _end;

    private long _before;
    private bool _isAtEnd;

    /// <summary>How many bytes of the file come before what is read next.</summary>
    public long Offset => _before + _next;

    /// <summary>Whether the inflater asked for more than there is.</summary>
    public bool IsExhausted { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        _taken = _next;
        Fill(1);

        // Half of the buffer at most, so that more fits behind what was taken.
        var length = Math.Min(Math.Min(buffer.Length, Size / 2), _end - _next);
        _buffer.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        IsExhausted |= length == 0 && buffer.Length > 0;
        return length;
    }

    /// <summary>The next byte; -1 at the end.</summary>
    public override int ReadByte()
    {
        _taken = _next;
        Fill(1);
        return _next < _end ? _buffer[_next++] : -1;
    }

    /// <summary>Goes to the end of the first occurrence of some bytes at or after the start of those that were taken last.</summary>
    /// <returns>Whether they start within those or right after them.</returns>
    public bool TryGoBehind(ReadOnlySpan<byte> bytes)
    {
        Fill(bytes.Length);
        var place = _buffer.AsSpan(_taken.._end).IndexOf(bytes);
        if (place < 0 || _taken + place > _next)
        {
            return false;
        }

        _next = _taken + place + bytes.Length;
        return true;
    }

    /// <summary>Has so many bytes after the next one in the buffer, fewer only at the end; those taken last stay in it.</summary>
    private void Fill(int length)
    {
        if (_end - _next >= length)
        {
            return;
        }

        _buffer.AsSpan(_taken.._end).CopyTo(_buffer);
        (_before, _next, _end, _taken) = (_before + _taken, _next - _taken, _end - _taken, 0);
        while (!_isAtEnd && _end - _next < length)
        {
            var read = stream.Read(_buffer, _end, Size - _end);
            _isAtEnd = read == 0;
            _end += read;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
