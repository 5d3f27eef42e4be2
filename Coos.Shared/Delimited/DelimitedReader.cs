using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace Coos.Shared.Delimited;

/// <summary>
/// Reads records of delimited UTF-8 text from a stream in one pass, as spans over its buffer, with the line number of
/// each. Accepts byte order marks, LF and CRLF, CR alone if the text starts so, quoted fields with doubled quotes inside, and
/// a last line without a line feed; skips lines of nothing but delimiters and white space. A quoted field cannot span lines, so
/// that an unclosed quote breaks one line and not the rest of the file.
/// </summary>
/// <remarks>Memory: a 64 KiB buffer and its separator positions, more only for a longer line. Not thread-safe.</remarks>
public sealed class DelimitedReader : IDisposable
{
    /// <summary>The maximum length of a line in bytes; longer lines are skipped with a fault.</summary>
    public const int MaximumLineLength = 1 << 20;

    private const int InitialBuffer = 1 << 16;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    [SuppressMessage("Usage", "CA2213", Justification = "The stream is the caller's.")]
    private readonly Stream _stream;
    private readonly long _maximumBytes;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private int[] _separators = ArrayPool<int>.Shared.Rent(InitialBuffer);
    private Field[] _fields = new Field[16];

    private byte _delimiter = (byte)',';
    private int _length;
    private int _recordStart;
    private int _separatorCount;
    private int _nextSeparator;
    private bool _needsInspection;
    private bool _atEnd;
    private bool _skippingLongLine;
    private bool _endsWithReturn;

    /// <summary>Creates a reader; the stream is left open at the end.</summary>
    /// <param name="stream">The decompressed text.</param>
    /// <param name="maximumBytes">The maximum number of bytes; reading stops there with <see cref="ExceededMaximum"/>.</param>
    public DelimitedReader(Stream stream, long maximumBytes = long.MaxValue)
    {
        _stream = stream;
        _maximumBytes = maximumBytes;
    }

    /// <summary>The line number of the current record in the file, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The number of fields of the current record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>What is wrong with the current record as text; its fields are valid only if this is None.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>The number of bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether reading stopped because the text is longer than allowed.</summary>
    public bool ExceededMaximum { get; private set; }

    /// <summary>The delimiter of the following records, set once the header line is known.</summary>
    /// <remarks>Setting it rescans the buffer.</remarks>
    public byte Delimiter
    {
        get => _delimiter;
        set
        {
            if (_delimiter != value)
            {
                _delimiter = value;
                Scan();
            }
        }
    }

    /// <summary>A field of the current record without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            var (start, length) = _fields[field];
            return _buffer.AsSpan(start, length);
        }
    }

    /// <summary>Returns the first bytes of the text without consuming them; call it before anything else is read.</summary>
    /// <param name="length">The number of bytes; fewer are returned only if the text is shorter. At most 32,768.</param>
    public ReadOnlySpan<byte> PeekStart(int length)
    {
        if (BytesRead == 0)
        {
            Fill();
        }

        return _buffer.AsSpan(0, Math.Min(length, (int)Math.Min(BytesRead, _length)));
    }

    /// <summary>Skips the line that <see cref="PeekLine"/> returned.</summary>
    public void SkipLine()
    {
        PeekLine();
        var end = _buffer.AsSpan(_recordStart, _length - _recordStart).IndexOf(LineFeed);
        _recordStart = end < 0 ? _length : _recordStart + end + 1;
        Line++;
        Scan();
    }

    /// <summary>Returns the next line without consuming it, so that a caller can choose the delimiter.</summary>
    /// <returns>The first line that is not blank, without LF or CRLF; empty at the end of the text.</returns>
    public ReadOnlySpan<byte> PeekLine()
    {
        while (true)
        {
            SkipBlankLines();
            var rest = _buffer.AsSpan(_recordStart, _length - _recordStart);
            var end = rest.IndexOf(LineFeed);
            if (end >= 0 || !Fill())
            {
                var line = end < 0 ? rest : rest[..end];
                return line is [.., CarriageReturn] ? line[..^1] : line;
            }
        }
    }

    /// <summary>Moves to the next record that is not blank.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read()
    {
        while (!TryTakeRecord())
        {
            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<int>.Shared.Return(_separators);
            _buffer = [];
            _separators = [];
        }
    }

    /// <summary>Takes the next record that is not blank, if its line feed is buffered.</summary>
    private bool TryTakeRecord()
    {
        var count = 0;
        var start = _recordStart;
        for (var next = _nextSeparator; next < _separatorCount; next++)
        {
            var end = _separators[next];
            if (count == _fields.Length)
            {
                Array.Resize(ref _fields, 2 * count);
            }

            if (_buffer[end] != LineFeed)
            {
                _fields[count++] = new Field(start, end - start);
                start = end + 1;
                continue;
            }

            var length = end - start;
            length -= length > 0 && _buffer[end - 1] == CarriageReturn ? 1 : 0;
            _fields[count++] = new Field(start, length);
            FieldCount = count;
            Line++;
            var first = _recordStart;
            _recordStart = start = end + 1;
            _nextSeparator = next + 1;
            if (_skippingLongLine || _buffer[first] is > (byte)',' and not (byte)';' || !IsBlank(_buffer.AsSpan(first, end - first)))
            {
                Fault = _needsInspection ? Inspect(first, end) : RecordFault.None;
                return true;
            }

            count = 0;
        }

        return false;
    }

    /// <summary>The slow check of a record in a block that holds quotes, bytes above 127 or a very long line.</summary>
    private RecordFault Inspect(int start, int end)
    {
        if (_skippingLongLine || end - start > MaximumLineLength)
        {
            _skippingLongLine = false;
            return RecordFault.TooLong;
        }

        var fault = Utf8.IsValid(_buffer.AsSpan(start, end - start)) ? RecordFault.None : RecordFault.NotUtf8;
        for (var i = 0; i < FieldCount; i++)
        {
            var (at, length) = _fields[i];
            var found = QuotedField.Unquote(_buffer.AsSpan(at, length), out var unquoted);
            fault = fault == RecordFault.None ? found : fault;
            _fields[i] = unquoted < 0 ? _fields[i] : new Field(at + 1, unquoted);
        }

        return fault;
    }

    /// <summary>Whether a line has nothing but delimiters and white space, as spreadsheets write cleared rows.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(",;\t \r"u8);

    /// <summary>Skips blank lines if no record has been taken from the buffer yet.</summary>
    private void SkipBlankLines()
    {
        var before = _recordStart;
        while (!_skippingLongLine)
        {
            var rest = _buffer.AsSpan(_recordStart, _length - _recordStart);
            var end = rest.IndexOf(LineFeed);
            if (end < 0 || !IsBlank(rest[..end]))
            {
                break;
            }

            _recordStart += end + 1;
            Line++;
        }

        if (_recordStart > before)
        {
            Scan();
        }
    }

    /// <summary>Moves the unread rest to the front of the buffer, reads more, and scans it.</summary>
    /// <returns>False if there is nothing more to read.</returns>
    private bool Fill()
    {
        if (_atEnd)
        {
            return false;
        }

        MakeRoom();
        var room = _buffer.Length - 1 - _length; // the last byte is kept for the line feed of the last line
        var allowed = _maximumBytes - BytesRead;
        var wanted = allowed < room ? (int)allowed + 1 : room;
        var read = _stream.ReadAtLeast(_buffer.AsSpan(_length, wanted), wanted, throwOnEndOfStream: false);
        var isFirst = BytesRead == 0;
        BytesRead += read;
        ExceededMaximum = BytesRead > _maximumBytes;
        _length += read;
        _atEnd = read < wanted || ExceededMaximum;
        if (isFirst)
        {
            StartText();
        }

        if (_endsWithReturn)
        {
            _buffer.AsSpan(_length - read, read).Replace(CarriageReturn, LineFeed);
        }

        // Where the text is cut at the maximum, its last line is incomplete and not a record.
        var isOpen = _length > _recordStart ? _buffer[_length - 1] != LineFeed : _skippingLongLine;
        if (_atEnd && isOpen && !ExceededMaximum)
        {
            _buffer[_length++] = LineFeed;
        }

        Scan();
        return _length > _recordStart;
    }

    /// <summary>Passes over byte order marks; recognises lines that end with CR alone, as on old Macs.</summary>
    private void StartText()
    {
        var text = _buffer.AsSpan(0, _length);
        while (text[_recordStart..].StartsWith("\uFEFF"u8))
        {
            _recordStart += 3;
        }

        // A CR at the end of the block may be the first half of CRLF.
        var end = text.IndexOf(CarriageReturn);
        _endsWithReturn = end >= 0 && (end < _length - 1 || _atEnd) && !text.Contains(LineFeed);
    }

    private void MakeRoom()
    {
        var rest = _length - _recordStart;
        if (rest > MaximumLineLength)
        {
            // Drop a line that is too long, and remember to skip up to its line feed.
            rest = 0;
            _skippingLongLine = true;
        }
        else if (rest > _buffer.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan(_recordStart, rest).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<int>.Shared.Return(_separators);
            _buffer = larger;
            _separators = ArrayPool<int>.Shared.Rent(larger.Length);
        }
        else
        {
            _buffer.AsSpan(_recordStart, rest).CopyTo(_buffer);
        }

        _recordStart = 0;
        _length = rest;
    }

    private void Scan()
    {
        var text = _buffer.AsSpan(_recordStart, _length - _recordStart);
        var result = SeparatorScanner.Scan(text, _delimiter, _recordStart, _separators);
        _separatorCount = result.Count;
        _nextSeparator = 0;
        _needsInspection = result.HasQuotes || !result.IsAscii || _skippingLongLine || text.Length > MaximumLineLength;
    }

    private readonly record struct Field(int Start, int Length);
}
