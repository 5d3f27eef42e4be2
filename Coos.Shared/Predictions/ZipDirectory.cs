using System.Buffers.Binary;

namespace Coos.Shared.Predictions;

/// <summary>
/// Measures the directory of a zip before it is read: <see cref="System.IO.Compression.ZipArchive"/> creates an object per
/// entry, and a file within the upload limit has room for a million empty entries. The number of entries that the zip
/// states is not trusted; the bytes between the directory's start and its end are counted.
/// Layout: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16.
/// </summary>
internal static class ZipDirectory
{
    /// <summary>The maximum size of the directory: room for hundreds of entries with long names.</summary>
    public const int MaximumBytes = 256 << 10;

    private const uint EndSignature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint Zip64Signature = 0x06064B50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64StartOffset = 48;
    private const uint EntrySignature = 0x02014B50;
    private const int EntryLength = 46;
    private const int MethodOffset = 10;
    private const int NameLengthOffset = 28;
    private const int ExtraLengthOffset = 30;
    private const int CommentLengthOffset = 32;

    /// <summary>Whether the directory is too large for the zip to be opened.</summary>
    /// <param name="content">The seekable file; its position is left at the start.</param>
    public static bool IsTooLarge(Stream content)
    {
        // Without an end record there is no directory; opening the zip reports that.
        var (start, end) = Find(content);
        return end - start > MaximumBytes;
    }

    /// <summary>Reads the compression method of each entry, in the order of the directory.</summary>
    /// <param name="content">The seekable file, whose directory is not too large; its position is left where it was.</param>
    /// <returns>The methods; fewer than there are entries if the directory is not where the zip says.</returns>
    public static IReadOnlyList<int> ReadMethods(Stream content)
    {
        var position = content.Position;
        var (start, end) = Find(content);
        var directory = new byte[Math.Max(0, (int)Math.Min(end - start, MaximumBytes))];
        content.Position = Math.Clamp(start, 0, content.Length);
        var length = content.ReadAtLeast(directory, directory.Length, throwOnEndOfStream: false);
        content.Position = position;
        var methods = new List<int>();
        var at = 0;
        while (at + EntryLength <= length && ReadUInt32(directory, at) == EntrySignature)
        {
            methods.Add(ReadUInt16(directory, at + MethodOffset));
            var name = ReadUInt16(directory, at + NameLengthOffset);
            var extra = ReadUInt16(directory, at + ExtraLengthOffset);
            at += EntryLength + name + extra + ReadUInt16(directory, at + CommentLengthOffset);
        }

        return methods;
    }

    /// <summary>Finds the first byte of the directory and the one after it; two equal numbers if there is none.</summary>
    private static (long Start, long End) Find(Stream content)
    {
        // As in ZipArchive, the last signature in the file counts, and a comment may follow it.
        var tail = new byte[(int)Math.Min(content.Length, EndLength + ushort.MaxValue + LocatorLength)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        content.Position = 0;
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            if (ReadUInt32(tail, i) == EndSignature)
            {
                return (FindDirectoryStart(content, tail, i), content.Length - tail.Length + i);
            }
        }

        return (0, 0);
    }

    private static long FindDirectoryStart(Stream content, byte[] tail, int end)
    {
        var start = ReadUInt32(tail, end + 16);
        var locator = end - LocatorLength;
        if (locator < 0 || ReadUInt32(tail, locator) != LocatorSignature)
        {
            return start;
        }

        // The 64-bit record is used if a field of the short one overflows, and may state another start.
        var record = (long)BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(locator + 8));
        if (record < 0 || record > content.Length - Zip64StartOffset - sizeof(long))
        {
            return start;
        }

        var bytes = new byte[Zip64StartOffset + sizeof(long)];
        content.Position = record;
        content.ReadExactly(bytes);
        content.Position = 0;
        var longStart = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(Zip64StartOffset));
        return ReadUInt32(bytes, 0) == Zip64Signature ? Math.Min(start, longStart) : start;
    }

    private static ushort ReadUInt16(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    private static uint ReadUInt32(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}
