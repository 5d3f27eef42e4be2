using System.Buffers.Binary;
using Coos.Shared.Packing;
using Parquet.Meta;

namespace Coos.Shared.Predictions.Columns;

/// <summary>
/// Checks the footer and the page headers of a Parquet file before the library reads them: that they are complete, and how many bytes
/// their pages unpack to.
/// </summary>
internal static class ParquetPages
{
    /// <summary>The length of the footer, and the signature.</summary>
    private const int EndLength = 8;

    /// <summary>A page header has some dozens of bytes, more only for the statistics of long texts.</summary>
    private const int MaximumHeader = 1 << 16;

    private const int UnpackedField = 2;
    private const int PackedField = 3;

    /// <summary>Checks the footer.</summary>
    /// <param name="content">The seekable file; its position is left at the start.</param>
    /// <param name="maximumBytes">The number of bytes that it may have.</param>
    /// <exception cref="InvalidDataException">It is not valid.</exception>
    public static void CheckFooter(Stream content, long maximumBytes)
    {
        Span<byte> end = stackalloc byte[EndLength];
        content.Position = Math.Max(0, content.Length - EndLength);
        var isComplete = content.ReadAtLeast(end, EndLength, throwOnEndOfStream: false) == EndLength && end.EndsWith("PAR1"u8);
        var length = isComplete ? BinaryPrimitives.ReadInt32LittleEndian(end) : -1;
        if (length < 0 || length > Math.Min(content.Length - (2 * EndLength) + 4, maximumBytes))
        {
            throw new InvalidDataException("The file has no footer.");
        }

        var footer = new byte[length];
        content.Position = content.Length - EndLength - length;
        content.ReadExactly(footer);
        ThriftWalk.Skip(footer, []);
        content.Position = 0;
    }

    /// <summary>Checks the pages of a column in a row group, and takes what they unpack to out of the budget.</summary>
    /// <param name="content">The file, which can then be read up to the end of the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="budget">The budget; null for files that are trusted.</param>
    /// <exception cref="InvalidDataException">A header is not valid.</exception>
    /// <exception cref="UnpackLimitException">The budget is used up.</exception>
    public static void Check(BoundedStream content, ColumnMetaData column, UnpackBudget? budget)
    {
        var start = column.DictionaryPageOffset is > 0 and var first ? Math.Min(first, column.DataPageOffset) : column.DataPageOffset;
        var end = checked(start + column.TotalCompressedSize);
        if (start < 0 || end < start || end > content.Length)
        {
            throw new InvalidDataException("A column is outside of the file.");
        }

        content.Limit = end;
        var buffer = new byte[(int)Math.Min(MaximumHeader, end - start)];
        Span<long> numbers = stackalloc long[PackedField + 1];
        var position = start;
        while (position < end)
        {
            content.Position = position;
            var length = content.ReadAtLeast(buffer, (int)Math.Min(buffer.Length, end - position), throwOnEndOfStream: false);
            numbers.Clear();
            var header = ThriftWalk.Skip(buffer.AsSpan(0, (int)Math.Min(length, end - position)), numbers);
            var (unpacked, packed) = (numbers[UnpackedField], numbers[PackedField]);
            if (unpacked < 0 || packed < 0 || packed > end - position - header)
            {
                throw new InvalidDataException("A page is outside of its column.");
            }

            budget?.Spend(unpacked);
            position += header + packed;
        }
    }
}
