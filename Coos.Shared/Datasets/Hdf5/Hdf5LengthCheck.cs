using System.Buffers.Binary;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// Compares a file's length with the one in its superblock. The library notices only when it reads beyond the end: the
/// labels of a half-copied file would be accepted if they lie in the part that was copied.
/// </summary>
internal static class Hdf5LengthCheck
{
    private const int HeadLength = 64;

    /// <summary>A superblock is at 0, or behind a user block of 512, 1024, ... bytes.</summary>
    private const int SmallestUserBlock = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Rejects a file that is shorter than its superblock says. A file without a superblock is left to the library.</summary>
    /// <exception cref="DatasetException">The file is truncated.</exception>
    public static void Require(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        Span<byte> head = stackalloc byte[HeadLength];
        for (var offset = 0L; offset < length; offset = Math.Max(SmallestUserBlock, 2 * offset))
        {
            var found = head[..RandomAccess.Read(file, head, offset)];
            if (found.StartsWith(Signature))
            {
                if (EndOfFile(found) is { } end && (ulong)length < end)
                {
                    throw new DatasetException(
                        path,
                        null,
                        null,
                        $"the file is truncated: it has {length} of {end} bytes; copy or download it again"
                    );
                }

                return;
            }
        }
    }

    /// <summary>The end-of-file address: the third address in a superblock of any version.</summary>
    private static ulong? EndOfFile(ReadOnlySpan<byte> superblock)
    {
        if (superblock.Length < HeadLength)
        {
            return null;
        }

        var (addresses, size) = superblock[8] switch
        {
            0 => (24, superblock[13]),
            1 => (28, superblock[13]),
            2 or 3 => (12, superblock[9]),
            _ => (0, 0),
        };
        return size switch
        {
            4 => BinaryPrimitives.ReadUInt32LittleEndian(superblock[(addresses + 8)..]),
            8 => BinaryPrimitives.ReadUInt64LittleEndian(superblock[(addresses + 16)..]),
            _ => null,
        };
    }
}
