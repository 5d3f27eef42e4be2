using ICSharpCode.SharpZipLib.GZip;

namespace Coos.Baselines.Models;

/// <summary>Gzip whose bytes depend only on the content: in managed code instead of the platform's zlib, without a timestamp.</summary>
public static class PortableGZip
{
    private const int BestCompression = 9;

    /// <summary>Compresses some bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>A gzip file.</returns>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipOutputStream(packed) { IsStreamOwner = false, ModifiedTime = DateTime.UnixEpoch })
        {
            stream.SetLevel(BestCompression);
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
