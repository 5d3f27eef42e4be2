namespace Coos.Shared.Datasets.Tiff;

/// <summary>Checks the first bytes of a file before the library opens it.</summary>
internal static class TiffStart
{
    /// <summary>Rejects a file that is not TIFF, or is of a kind that the library misreads.</summary>
    /// <exception cref="DatasetException">The message says what the file is.</exception>
    public static void Require(string file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("MM\0+"u8))
        {
            throw new DatasetException(
                file,
                null,
                null,
                "this is a big-endian BigTIFF file, which is not read; write it again as a plain TIFF file, "
                    + "such as by tifffile.imwrite(FILE, image)"
            );
        }

        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("II+\0"u8) || bytes.StartsWith("MM\0*"u8))
        {
            return;
        }

        var kind = DatasetFileKind.Describe(bytes[..Math.Min(bytes.Length, DatasetFileKind.HeadLength)]);
        throw new DatasetException(file, null, null, kind is null ? "this is not a TIFF file" : $"this is not a TIFF file: it is {kind}");
    }
}
