using System.Globalization;
using System.Text.RegularExpressions;
using BitMiracle.LibTiff.Classic;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace Coos.Shared.Datasets.Tiff;

/// <summary>Reads the header of a TIFF file, and names what cannot be read as an image of one channel.</summary>
internal static partial class TiffHeader
{
    private const string OnePerChannel = "write each channel to a file of its own, ID_CHANNEL.tif";

    /// <summary>The compressions that the library decodes.</summary>
    private static readonly Compression[] Readable =
    [
        Compression.NONE,
        Compression.LZW,
        Compression.JPEG,
        Compression.ADOBE_DEFLATE,
        Compression.DEFLATE,
        Compression.PACKBITS,
        Compression.CCITTRLE,
        Compression.CCITTFAX3,
        Compression.CCITTFAX4,
    ];

    /// <summary>Names of other compressions, https://www.awaresystems.be/imaging/tiff/tifftags/compression.html.</summary>
    private static readonly Dictionary<int, string> Names = new()
    {
        [6] = "old JPEG",
        [22610] = "JPEG XR",
        [33003] = "JPEG 2000",
        [33005] = "JPEG 2000",
        [34712] = "JPEG 2000",
        [34887] = "LERC",
        [34892] = "lossy JPEG (DNG)",
        [34925] = "LZMA",
        [34926] = "ZSTD",
        [34927] = "WebP",
        [34933] = "PNG",
        [34934] = "JPEG XR",
        [50000] = "ZSTD",
        [50001] = "WebP",
        [50002] = "JPEG XL",
    };

    /// <summary>Reads the format.</summary>
    /// <exception cref="DatasetException">The message says what the file is, and what to do.</exception>
    public static TiffFormat Read(LibTiff tiff, string file)
    {
        var format = new TiffFormat(
            Field(tiff, TiffTag.IMAGELENGTH),
            Field(tiff, TiffTag.IMAGEWIDTH),
            Field(tiff, TiffTag.BITSPERSAMPLE),
            (SampleFormat)Field(tiff, TiffTag.SAMPLEFORMAT)
        );
        return Refusal(tiff, format) is { } problem ? throw new DatasetException(file, null, null, problem) : format;
    }

    /// <summary>A field, or its default.</summary>
    public static int Field(LibTiff tiff, TiffTag tag) => tiff.GetFieldDefaulted(tag) is [var value, ..] ? value.ToInt() : 0;

    private static string? Refusal(LibTiff tiff, TiffFormat format)
    {
        if (format.Width <= 0 || format.Height <= 0 || (long)format.Width * format.Height > ImageShape.MaxSamplesPerImage)
        {
            return $"the file is damaged: its image is {format.Width}x{format.Height}";
        }

        var samples = Field(tiff, TiffTag.SAMPLESPERPIXEL);
        if (samples != 1)
        {
            return $"the image has {samples} samples per pixel ({Meaning(tiff, samples)}); {OnePerChannel}";
        }

        if (!format.IsSupported)
        {
            return $"{format} cannot be read; write it as integers of 8, 16 or 32 bits or floats of 16, 32 or 64 bits";
        }

        var compression = Field(tiff, TiffTag.COMPRESSION);
        if (!Readable.Contains((Compression)compression))
        {
            var name = Names.TryGetValue(compression, out var known) ? known : "a compression without a known name";
            return $"the image is compressed with {name} (scheme {compression}), which is not read; write it with deflate, LZW or none";
        }

        var pages = tiff.NumberOfDirectories();
        if (pages != 1)
        {
            return $"the file has {pages} pages; expected one, so {OnePerChannel}, and each plane or time to an image of its own";
        }

        return Planes(tiff) is > 1 and var planes
            ? $"the file is an ImageJ stack of {planes} images behind one header; {OnePerChannel}, and each plane to an image of its own"
            : null;
    }

    private static string Meaning(LibTiff tiff, int samples) =>
        (Photometric)Field(tiff, TiffTag.PHOTOMETRIC) switch
        {
            Photometric.RGB => samples > 3 ? "RGB and more" : "RGB",
            Photometric.YCBCR => "YCbCr colours",
            Photometric.SEPARATED => "printing colours",
            Photometric.MINISBLACK or Photometric.MINISWHITE when samples == 2 => "grey and alpha",
            _ => "several channels",
        };

    /// <summary>
    /// The number of images of an ImageJ stack: files over 4 GB, and raw ones, have one directory and only say in their description
    /// that more images follow.
    /// </summary>
    private static int Planes(LibTiff tiff)
    {
        var text = tiff.GetField(TiffTag.IMAGEDESCRIPTION) is [var value, ..] ? value.ToString() : "";
        return
            text.StartsWith("ImageJ=", StringComparison.Ordinal)
            && ImageCount().Match(text) is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count)
            ? count
            : 1;
    }

    [GeneratedRegex(@"^images=(\d{1,9})\s*$", RegexOptions.Multiline)]
    private static partial Regex ImageCount();
}
