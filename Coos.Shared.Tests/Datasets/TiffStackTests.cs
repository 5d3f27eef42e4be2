using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;
using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Tiff;

namespace Coos.Shared.Tests.Datasets;

public sealed class TiffStackTests
{
    [Fact]
    public void Whole_samples_are_16_bit_integers_on_one_page_per_channel()
    {
        float[] samples = [.. Enumerable.Range(0, 24).Select(i => i * 2849f)];

        using var tiff = Open(new ImageBlock(0, new ImageShape(1, 3, 2, 4), samples), ["protein", "", "\u03b2-actin"]);

        Assert.Equal(3, tiff.NumberOfDirectories());
        foreach (var (page, name) in new[] { "protein", "2", "?-actin" }.Index())
        {
            Assert.True(tiff.SetDirectory((short)page));
            Assert.Equal(
                (4, 2, 16, name, "a/1"),
                (
                    tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt(),
                    tiff.GetField(TiffTag.IMAGELENGTH)[0].ToInt(),
                    tiff.GetField(TiffTag.BITSPERSAMPLE)[0].ToInt(),
                    tiff.GetField(TiffTag.PAGENAME)[0].ToString(),
                    tiff.GetField(TiffTag.IMAGEDESCRIPTION)[0].ToString()
                )
            );
            Assert.Equal(samples.Skip(8 * page).Take(8), MemoryMarshal.Cast<byte, ushort>(ReadStrip(tiff)).ToArray().Select(s => (float)s));
        }
    }

    /// <summary>Negative samples, fractions and large samples would change as integers.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(65536)]
    public void Other_samples_are_floats(float sample)
    {
        float[] samples = [1, 2, 3, sample];

        using var tiff = Open(new ImageBlock(0, new ImageShape(1, 1, 2, 2), samples), []);

        Assert.Equal(32, tiff.GetField(TiffTag.BITSPERSAMPLE)[0].ToInt());
        Assert.Equal(SampleFormat.IEEEFP, (SampleFormat)tiff.GetField(TiffTag.SAMPLEFORMAT)[0].ToInt());
        Assert.Equal(samples, MemoryMarshal.Cast<byte, float>(ReadStrip(tiff)).ToArray());
    }

    private static Tiff Open(ImageBlock image, string[] channels) =>
        Tiff.ClientOpen("test", "r", new MemoryStream(TiffStack.Encode(image, channels, "a/1")), new TiffStream());

    private static byte[] ReadStrip(Tiff tiff)
    {
        var strip = new byte[tiff.StripSize()];
        Assert.Equal(strip.Length, tiff.ReadEncodedStrip(0, strip, 0, strip.Length));
        return strip;
    }
}
