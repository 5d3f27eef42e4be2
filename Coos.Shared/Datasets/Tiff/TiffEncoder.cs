using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Encodes 16 bit images as TIFF: one page, one sample a pixel, uncompressed, one strip.</summary>
public static class TiffEncoder
{
    /// <summary>Encodes an image.</summary>
    /// <param name="samples">Row, column.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <returns>The content of the file; the same size for all images of one size.</returns>
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

            // Writing the directory is what the library does when it closes; it would close the stream with it.
            tiff.WriteDirectory();
            return content.ToArray();
        }
    }
}
