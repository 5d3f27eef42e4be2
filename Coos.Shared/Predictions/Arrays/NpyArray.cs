namespace Coos.Shared.Predictions.Arrays;

/// <summary>An array of a file: its header, and its elements on demand.</summary>
/// <param name="Name">Its name in problems.</param>
/// <param name="Header">Its header.</param>
/// <param name="Open">
/// Opens its elements, behind the header. Only one array of a file may be open at a time. Throws <see cref="InvalidDataException"/>
/// on opening or reading if the archive is damaged.
/// </param>
internal sealed record NpyArray(string Name, NpyHeader Header, Func<Stream> Open)
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>The number of bytes of its elements.</summary>
    public long Bytes => Header.Shape.Aggregate((long)Header.Type.Size, (bytes, length) => checked(bytes * length));

    /// <summary>Reads the elements in order, in chunks of whole rows.</summary>
    /// <param name="rows">The number of rows: of the array, or of its columns if they follow each other.</param>
    /// <param name="rowLength">The number of elements of each.</param>
    /// <param name="read">Receives the bytes of some rows, and the number of the first of them, from 0.</param>
    /// <exception cref="EndOfStreamException">The file ends too early, or has data after its end; the message says where.</exception>
    public void Read(int rows, int rowLength, Action<ReadOnlyMemory<byte>, int> read)
    {
        using var content = Open();
        var rowBytes = rowLength * Header.Type.Size;
        var chunkRows = Math.Clamp(ChunkBytes / Math.Max(rowBytes, 1), 1, Math.Max(rows, 1));
        var buffer = new byte[chunkRows * rowBytes];
        for (var first = 0; first < rows; first += chunkRows)
        {
            var length = Math.Min(chunkRows, rows - first) * rowBytes;
            var got = content.ReadAtLeast(buffer.AsSpan(0, length), length, throwOnEndOfStream: false);
            if (got < length)
            {
                throw new EndOfStreamException(
                    FormattableString.Invariant(
                        $"{((long)first * rowBytes) + got:N0} of its {(long)rows * rowBytes:N0} bytes are there: the file was cut short"
                    )
                );
            }

            read(buffer.AsMemory(0, length), first);
        }

        if (content.Read(buffer.AsSpan(0, Math.Min(1, buffer.Length))) > 0)
        {
            throw new EndOfStreamException("the file has data after its end");
        }
    }
}
