using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Encodes 16-bit images as TIFF: one page, one sample per pixel, uncompressed, one strip.</summary>
public static class TiffEncoder
{
    /// <summary>Encodes an image.</summary>
    /// <param name="samples">The samples by row and column.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    /// <returns>The content of the file; its size depends only on the image size.</returns>
    public static byte[] Encode(ReadOnlySpan<ushort> samples, int height, int width)
    {
        using var content = new MemoryStream((2 * samples.Length) + 512);
        using (var tiff = LibTiff.ClientOpen("memory", "w", content, new TiffStream()))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, width);
            tiff.SetField(TiffTag.IMAGELENGTH, height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 16);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
            tiff.SetField(TiffTag.SAMPLEFORMAT, SampleFormat.UINT);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
            tiff.SetField(TiffTag.COMPRESSION, Compression.NONE);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.ROWSPERSTRIP, height);
            var strip = MemoryMarshal.AsBytes(samples).ToArray();
            tiff.WriteEncodedStrip(0, strip, strip.Length);

            // Closing would write the directory too, but also close the stream.
            tiff.WriteDirectory();
            return content.ToArray();
        }
    }
}
