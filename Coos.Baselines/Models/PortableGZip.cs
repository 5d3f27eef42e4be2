using ICSharpCode.SharpZipLib.GZip;

namespace Coos.Baselines.Models;

/// <summary>gzip whose bytes depend on the content alone: managed code instead of the platform's zlib, and no time of writing.</summary>
internal static class PortableGZip
{
    private const int BestCompression = 9;

    /// <summary>Compresses.</summary>
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
