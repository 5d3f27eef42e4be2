using System.Buffers.Binary;
using System.IO.Compression;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Reads the PNG files that the encoder writes: one IDAT chunk, each row filtered by its left neighbours.</summary>
internal static class EncodedPng
{
    /// <summary>The bytes before the length of the IDAT chunk: signature and IHDR.</summary>
    public const int HeaderLength = 8 + 25;

    /// <summary>The width, the height, and the bytes of a pixel.</summary>
    public static (int Width, int Height, int BytesPerPixel) ReadFormat(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[25] == 2 ? 3 : 1);

    /// <summary>The pixels by row and column.</summary>
    public static byte[] Decode(byte[] png)
    {
        var (width, _, bytesPerPixel) = ReadFormat(png);
        var content = new MemoryStream(png, HeaderLength + 8, png.Length - HeaderLength - 8 - 4 - 12);
        using var inflated = new ZLibStream(content, CompressionMode.Decompress);
        using var lines = new MemoryStream();
        inflated.CopyTo(lines);
        var pixels = new List<byte>();
        foreach (var line in lines.ToArray().Chunk((width * bytesPerPixel) + 1))
        {
            Assert.Equal(1, line[0]);
            for (var i = 1; i < line.Length; i++)
            {
                line[i] += i > bytesPerPixel ? line[i - bytesPerPixel] : (byte)0;
            }

            pixels.AddRange(line[1..]);
        }

        return [.. pixels];
    }
}
