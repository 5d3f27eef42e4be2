using System.Text;

namespace Coos.Shared.Datasets;

/// <summary>Tells from the first bytes of a file what it is, if it is not what its name says.</summary>
internal static class DatasetFileKind
{
    /// <summary>The number of bytes that are looked at.</summary>
    public const int HeadLength = 512;

    private static readonly (byte[] Start, string Kind)[] Signatures =
    [
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file"),
        ([.. "II*\0"u8], "a TIFF file"),
        ([.. "MM\0*"u8], "a TIFF file"),
        ([.. "II+\0"u8], "a BigTIFF file"),
        ([.. "MM\0+"u8], "a BigTIFF file"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image, which has lost part of the data; use the TIFF file that it was made from"),
        ([0x89, .. "PNG"u8], "a PNG image; save it as TIFF with the same samples"),
        ([.. "GIF8"u8], "a GIF image; save it as TIFF with the same samples"),
        ([.. "BM"u8], "a BMP image; save it as TIFF with the same samples"),
        ([0, 5, 0x16, 7], "metadata that macOS wrote beside the real file (AppleDouble); use the file without ._ before its name"),
        ([.. "PK\u0003\u0004"u8], "a zip archive; unzip it first"),
        ([0x1F, 0x8B], "compressed with gzip; gunzip it first"),
        ([.. "BZh"u8], "compressed with bzip2; bunzip2 it first"),
        ([0xFD, .. "7zXZ"u8], "compressed with xz; unxz it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; unzstd it first"),
        ([.. "7z"u8, 0xBC, 0xAF], "a 7z archive; unpack it first"),
        ([.. "Rar!"u8], "a rar archive; unpack it first"),
        ([0x93, .. "NUMPY"u8], "a NumPy array; write it into an HDF5 file as the dataset data"),
        ([.. "PAR1"u8], "a Parquet file; write the images into an HDF5 file as the dataset data"),
        ([0x0E, 3, 0x13, 1], "an HDF4 file; convert it with h4toh5"),
        ([.. "CDF\u0001"u8], "a classic netCDF file; convert it with nccopy -k nc4"),
        ([.. "CDF\u0002"u8], "a classic netCDF file; convert it with nccopy -k nc4"),
        ([.. "MATLAB 5.0"u8], "a MATLAB 5 file; save it with -v7.3, which is HDF5"),
        ([.. "version https://git-lfs"u8], "a Git LFS pointer, not the file itself; run git lfs pull"),
        ([.. "/annex/objects"u8], "a git-annex pointer, not the file itself; run git annex get"),
    ];

    /// <summary>Says what a file is.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <returns>For example <c>a JPEG image</c>, with what to do; null if it is not recognised.</returns>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return "empty (0 bytes); copy or download it again";
        }

        foreach (var (start, kind) in Signatures)
        {
            if (head.StartsWith(start))
            {
                return kind;
            }
        }

        if (!head.ContainsAnyExcept((byte)0))
        {
            return "filled with zeros, as after an interrupted download; copy or download it again";
        }

        var text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        var isPage =
            text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
        return isPage ? "a web page (HTML), such as a page that asks to sign in; download the file itself"
            : text.StartsWith('<') ? "an XML document; download the file itself"
            : text.StartsWith('{') || text.StartsWith('[') ? "JSON, such as a server's error message; download the file itself"
            : head.Length > 262 && head[257..].StartsWith("ustar"u8) ? "a tar archive; unpack it first"
            : null;
    }
}
