using System.Buffers.Binary;

namespace Coos.Shared.Datasets.Hdf5;

/// <summary>
/// Checks what a file is before the library opens it. The library notices a short file only when it reads beyond the end: the
/// labels of a half-copied file would be accepted if they lie in the part that was copied.
/// </summary>
internal static class Hdf5Superblock
{
    private const int HeadLength = 64;

    /// <summary>A superblock is at 0, or behind a user block of 512, 1024, ... bytes.</summary>
    private const int SmallestUserBlock = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Rejects a file that is not HDF5, is shorter than its superblock says, or was not closed by its writer.</summary>
    /// <returns>The position of the superblock, which the file's addresses count from.</returns>
    /// <exception cref="DatasetException">The file is none that can be read.</exception>
    public static long Require(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        Span<byte> head = stackalloc byte[DatasetFileKind.HeadLength];
        for (var offset = 0L; offset < length; offset = Math.Max(SmallestUserBlock, 2 * offset))
        {
            var found = head[..RandomAccess.Read(file, head[..HeadLength], offset)];
            if (found.StartsWith(Signature))
            {
                Check(path, found, length);
                if (offset > SmallestUserBlock)
                {
                    throw new DatasetException(
                        path,
                        null,
                        null,
                        $"the file starts with a user block of {offset} bytes, and one of up to {SmallestUserBlock} is read; "
                            + "remove it, such as by h5unjam -i FILE -o NEW --delete"
                    );
                }

                return offset;
            }
        }

        var start = head[..RandomAccess.Read(file, head, 0)];
        var kind = DatasetFileKind.Describe(start) is { } known ? $"this is not an HDF5 file: it is {known}" : "this is not an HDF5 file";
        throw new DatasetException(path, null, null, kind);
    }

    private static void Check(string path, ReadOnlySpan<byte> superblock, long length)
    {
        if (EndOfFile(superblock) is { } end && (ulong)length < end)
        {
            throw new DatasetException(
                path,
                null,
                null,
                $"the file is truncated: it has {length} of {end} bytes; copy or download it again"
            );
        }

        // Only version 3 has the mark; the C library refuses such a file too.
        if (superblock.Length == HeadLength && superblock[8] == 3 && (superblock[11] & 1) != 0)
        {
            throw new DatasetException(
                path,
                null,
                null,
                "the program that wrote the file is still running, or stopped before it closed it, so the file may be incomplete; "
                    + "write it again, or remove the mark with h5clear -s if it is complete"
            );
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
