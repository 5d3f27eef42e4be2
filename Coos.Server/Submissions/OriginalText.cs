using System.IO.Compression;

namespace Coos.Server.Submissions;

/// <summary>
/// How the text of an upload is kept: Brotli at its fastest useful level, which takes less time and two thirds of the room
/// of the fastest gzip. What older servers kept is gzip; the first bytes tell, for a Brotli stream with the usual window
/// never starts as a gzip file does.
/// </summary>
internal static class OriginalText
{
    private static readonly BrotliCompressionOptions Fast = new() { Quality = 1 };

    /// <summary>Packs a text.</summary>
    public static byte[] Pack(Stream text)
    {
        using var content = new MemoryStream();
        using (var packed = new BrotliStream(content, Fast, leaveOpen: true))
        {
            text.CopyTo(packed);
        }

        return content.ToArray();
    }

    /// <summary>Opens what was packed.</summary>
    public static Stream Open(byte[] content) =>
        content is [0x1F, 0x8B, ..]
            ? new GZipStream(new MemoryStream(content), CompressionMode.Decompress)
            : new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
}
