namespace Coos.Shared.Predictions.Columns;

/// <summary>
/// Walks over a structure in Thrift's compact protocol, as Parquet's footer and page headers are. The library that reads them loops
/// for ever over some that end too early, so they are checked before.
/// </summary>
/// <remarks>Format: thrift-compact-protocol.md of Apache Thrift.</remarks>
internal ref struct ThriftWalk
{
    private const int MaximumDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Span<long> _numbers;

    private ThriftWalk(ReadOnlySpan<byte> bytes, Span<long> numbers)
    {
        _bytes = bytes;
        _numbers = numbers;
    }

    private int Position { get; set; }

    /// <summary>Walks over a structure.</summary>
    /// <param name="bytes">The bytes from its start.</param>
    /// <param name="numbers">Receives the whole numbers of its own fields, by the id of the field.</param>
    /// <returns>Its length.</returns>
    /// <exception cref="InvalidDataException">It is not valid, or goes on behind the bytes.</exception>
    public static int Skip(ReadOnlySpan<byte> bytes, Span<long> numbers)
    {
        var walk = new ThriftWalk(bytes, numbers);
        walk.SkipStructure(0);
        return walk.Position;
    }

    private void SkipStructure(int depth)
    {
        var id = 0L;
        while (Next() is not 0 and var head)
        {
            id = head >> 4 == 0 ? Number() : id + (head >> 4);
            var type = head & 0xF;
            if (depth == 0 && type is 4 or 5 or 6 && id >= 0 && id < _numbers.Length)
            {
                _numbers[(int)id] = Number();
            }
            else if (type is not (1 or 2))
            {
                SkipValue(type, depth + 1); // A field that is true or false has no bytes of its own.
            }
        }
    }

    private void SkipValue(int type, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Invalid();
        }

        switch (type)
        {
            case 1 or 2 or 3:
                Next();
                break;
            case 4 or 5 or 6:
                Number();
                break;
            case 7:
                Advance(sizeof(double));
                break;
            case 8:
                Advance(Length());
                break;
            case 9 or 10:
                SkipList(depth);
                break;
            case 11:
                SkipMap(depth);
                break;
            case 12:
                SkipStructure(depth);
                break;
            default:
                throw Invalid();
        }
    }

    private void SkipList(int depth)
    {
        var head = Next();
        var count = head >> 4 == 0xF ? Length() : head >> 4;
        for (var i = 0L; i < count; i++)
        {
            SkipValue(head & 0xF, depth + 1);
        }
    }

    private void SkipMap(int depth)
    {
        var count = Length();
        var types = count > 0 ? Next() : 0;
        for (var i = 0L; i < count; i++)
        {
            SkipValue(types >> 4, depth + 1);
            SkipValue(types & 0xF, depth + 1);
        }
    }

    private int Next() => Position < _bytes.Length ? _bytes[Position++] : throw Invalid();

    private void Advance(long count) => Position = count <= _bytes.Length - Position ? Position + (int)count : throw Invalid();

    /// <summary>Reads a length, which cannot be more than the bytes that follow.</summary>
    private long Length()
    {
        var length = Unsigned();
        return length <= (ulong)(_bytes.Length - Position) ? (long)length : throw Invalid();
    }

    private long Number()
    {
        var bits = Unsigned();
        return (long)(bits >> 1) ^ -(long)(bits & 1);
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Next();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Invalid();
    }

    private static InvalidDataException Invalid() => new("A structure of the file is not valid.");
}
