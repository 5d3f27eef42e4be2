using System.IO.Compression;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>
/// Compresses the files of uploads with Brotli at quality 1, which is faster than the fastest gzip and needs two thirds of its
/// space. NumPy archives and Parquet files, which are compressed already or were chosen not to be, are stored as they are. So are the
/// gzip texts of older servers. First bytes tell: a Brotli stream with the default window never starts with any of them.
/// </summary>
internal static class OriginalText
{
    private static readonly BrotliCompressionOptions Fast = new() { Quality = 1 };

    /// <summary>Compresses a file.</summary>
    public static byte[] Pack(Stream text)
    {
        using var content = new MemoryStream();
        using var opened = PredictionFormats.Open(text, out var format);
        if (format is PredictionFormat.ArrayArchive or PredictionFormat.Parquet)
        {
            return Copy(opened);
        }

        using (var packed = new BrotliStream(content, Fast, leaveOpen: true))
        {
            opened.CopyTo(packed);
        }

        return content.ToArray();
    }

    /// <summary>Opens a stored file for reading.</summary>
    public static Stream Open(byte[] content) =>
        content is [0x1F, 0x8B, ..] ? new GZipStream(new MemoryStream(content), CompressionMode.Decompress)
        : PredictionFormats.Detect(content) is PredictionFormat.ArrayArchive or PredictionFormat.Parquet ? new MemoryStream(content)
        : new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);

    private static byte[] Copy(Stream file)
    {
        if (file.CanSeek)
        {
            var whole = new byte[file.Length - file.Position];
            file.ReadExactly(whole);
            return whole;
        }

        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
