namespace Coos.Shared.Packing;

/// <summary>
/// Feeds the compressed bytes of a gzip file to an inflater. The inflater takes more than it needs and does not say how
/// much, so the bytes that it took last are kept to find the end of its data in them.
/// </summary>
internal sealed class PackedBytes(Stream stream) : ReadOnlyStream
{
    private const int Size = 1 << 16;
    private const int MinimumData = 2;

    private readonly byte[] _buffer = new byte[Size];

    /// <summary>The index of the next byte.</summary>
    private int _next;

    /// <summary>The start of the bytes taken last.</summary>
    private int _taken;

    /// <summary>The end of the buffered bytes.</summary>
    private int _end;

    private long _before;

    /// <summary>The offset in the file of the data of the current member.</summary>
    private long _member;
    private bool _isAtEnd;

    /// <summary>The offset of the next byte in the file.</summary>
    public long Offset => _before + _next;

    /// <summary>Whether the inflater asked for bytes beyond the end.</summary>
    public bool IsExhausted { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        _taken = _next;
        Fill(1);

        // At most half of the buffer, so that more fits behind the bytes taken.
        var length = Math.Min(Math.Min(buffer.Length, Size / 2), _end - _next);
        _buffer.AsSpan(_next, length).CopyTo(buffer);
        _next += length;
        IsExhausted |= length == 0 && buffer.Length > 0;
        return length;
    }

    /// <summary>Reads the next byte; -1 at the end.</summary>
    public override int ReadByte()
    {
        _taken = _next;
        Fill(1);
        return _next < _end ? _buffer[_next++] : -1;
    }

    /// <summary>Notes that the data of a member starts at the next byte.</summary>
    public void StartMember() => _member = Offset;

    /// <summary>Moves past the first occurrence of some bytes, searched from the start of the bytes taken last.</summary>
    /// <returns>Whether they start within the bytes taken last or right after them.</returns>
    public bool TrySkipPast(ReadOnlySpan<byte> bytes)
    {
        Fill(bytes.Length);

        // The data of a member has at least two bytes. Those of an empty one end with a zero, as its trailer begins.
        var start = Math.Max(_taken, (int)(_member + MinimumData - _before));
        var position = start < _end ? _buffer.AsSpan(start.._end).IndexOf(bytes) : -1;
        if (position < 0 || start + position > _next)
        {
            return false;
        }

        _next = start + position + bytes.Length;
        return true;
    }

    /// <summary>Buffers the given number of bytes, fewer only at the end; the bytes taken last stay in the buffer.</summary>
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
