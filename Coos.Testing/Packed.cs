using System.IO.Compression;
using System.Text;

namespace Coos.Testing;

/// <summary>Compresses files in memory.</summary>
public static class Packed
{
    /// <summary>Encodes a string as UTF-8 without a byte order mark.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Compresses a string with gzip.</summary>
    public static byte[] GZip(string text) => GZip(Text(text));

    /// <summary>Compresses a file with gzip.</summary>
    public static byte[] GZip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Creates a zip file from strings.</summary>
    public static byte[] Zip(params (string Name, string Text)[] files) => Zip([.. files.Select(f => (f.Name, Text(f.Text)))]);

    /// <summary>Creates a zip file from bytes.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(CompressionLevel.Optimal, files);

    /// <summary>Creates a zip file from bytes with a compression level.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }
}
