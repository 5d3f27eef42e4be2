using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Coos.Shared.Datasets.Pictures;

/// <summary>Encodes 8-bit pictures as PNG (ISO/IEC 15948): grey or RGB, not interlaced.</summary>
public static class PngEncoder
{
    private const byte Grey = 0;
    private const byte Rgb = 2;
    private const byte FilterSub = 1;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes a picture.</summary>
    /// <param name="pixels">The pixels by row and column; in colour: red, green, blue.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="colour">Whether a pixel has three bytes.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, bool colour)
    {
        var bytesPerPixel = colour ? 3 : 1;
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height * bytesPerPixel);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, colour ? Rgb : Grey, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);

        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Compress(pixels, width * bytesPerPixel, bytesPerPixel));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int rowBytes, int bytesPerPixel)
    {
        using var content = new MemoryStream();
        using (var deflate = new ZLibStream(content, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var line = new byte[rowBytes + 1];
            line[0] = FilterSub;
            for (var start = 0; start < pixels.Length; start += rowBytes)
            {
                var row = pixels.Slice(start, rowBytes);
                for (var i = 0; i < rowBytes; i++)
                {
                    line[i + 1] = (byte)(row[i] - (i < bytesPerPixel ? 0 : row[i - bytesPerPixel]));
                }

                deflate.Write(line);
            }
        }

        return content.ToArray();
    }

    private static void WriteChunk(Stream png, string type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        png.Write(name);
        png.Write(content);
        var checksum = new Crc32();
        checksum.Append(name);
        checksum.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
