using System.Globalization;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>
/// Encodes an image with all its channels as one TIFF file: one page per channel, with its name. Samples are as they were read: 16 bit
/// integers if all of them are whole numbers from 0 to 65535, otherwise 32 bit floats.
/// </summary>
public static class TiffStack
{
    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image: the first of a block.</param>
    /// <param name="channels">The names of the channels; may be fewer, or empty.</param>
    /// <param name="name">A description of the image, such as its id; written in ASCII.</param>
    public static byte[] Encode(ImageBlock image, IReadOnlyList<string> channels, string name)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(channels);
        var shape = image.Shape;
        var whole = new ushort[shape.SamplesPerImage];
        var isWhole = WholeSamples.Narrow(image.Image(0), whole) < 0;
        using var content = new MemoryStream((4 * shape.SamplesPerImage) + (512 * shape.Channels));
        using var tiff = LibTiff.ClientOpen("memory", "w", content, new TiffStream());
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var samples = isWhole
                ? MemoryMarshal.AsBytes(whole.AsSpan(channel * shape.PixelsPerChannel, shape.PixelsPerChannel)).ToArray()
                : MemoryMarshal.AsBytes(image.Channel(0, channel)).ToArray();
            Describe(tiff, shape, isWhole);
            tiff.SetField(TiffTag.SUBFILETYPE, FileType.PAGE);
            tiff.SetField(TiffTag.PAGENUMBER, channel, shape.Channels);
            tiff.SetField(TiffTag.IMAGEDESCRIPTION, ToAscii(name));
            var title = channels.ElementAtOrDefault(channel) ?? "";
            tiff.SetField(TiffTag.PAGENAME, title.Length > 0 ? ToAscii(title) : (channel + 1).ToString(CultureInfo.InvariantCulture));
            tiff.WriteEncodedStrip(0, samples, samples.Length);
            tiff.WriteDirectory();
        }

        return content.ToArray();
    }

    private static void Describe(LibTiff tiff, ImageShape shape, bool isWhole)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, shape.Width);
        tiff.SetField(TiffTag.IMAGELENGTH, shape.Height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, isWhole ? 16 : 32);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, 1);
        tiff.SetField(TiffTag.SAMPLEFORMAT, isWhole ? SampleFormat.UINT : SampleFormat.IEEEFP);
        tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.MINISBLACK);
        tiff.SetField(TiffTag.COMPRESSION, Compression.NONE);
        tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
        tiff.SetField(TiffTag.ROWSPERSTRIP, shape.Height);
    }

    /// <summary>Texts in TIFF are ASCII (TIFF 6.0, page 15); other characters become question marks.</summary>
    private static string ToAscii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
