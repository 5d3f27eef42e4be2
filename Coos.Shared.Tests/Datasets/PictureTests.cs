using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;
using static Coos.Shared.Tests.Datasets.DatasetBuilder;

namespace Coos.Shared.Tests.Datasets;

public sealed class PictureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_PNG_decodes_to_the_encoded_pixels(bool colour)
    {
        var bytesPerPixel = colour ? 3 : 1;
        byte[] pixels = [.. Enumerable.Range(0, 5 * 4 * bytesPerPixel).Select(i => (byte)(i * 37))];

        var png = PngEncoder.Encode(pixels, 5, 4, colour);

        Assert.Equal(pixels, EncodedPng.Decode(png));
    }

    [Fact]
    public void The_header_of_the_smallest_PNG_is_exact() =>
        Assert.Equal(
            "89504E470D0A1A0A0000000D49484452000000010000000108000000003A7E9B55",
            Convert.ToHexString(PngEncoder.Encode([0], 1, 1, colour: false).AsSpan(0, EncodedPng.HeaderLength))
        );

    [Fact]
    public void Contrast_is_stretched_between_percentiles()
    {
        float[] samples = [.. Enumerable.Range(0, 1001).Select(i => 1000f + i)];

        var bytes = ContrastStretch.ToBytes(samples);

        Assert.Equal((0, 0, 128, 255, 255), (bytes[0], bytes[10], bytes[504], bytes[997], bytes[1000]));
        Assert.All(ContrastStretch.ToBytes(new float[9]), b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_gallery_has_two_strips_for_each_class()
    {
        using var folder = new TemporaryFolder();
        using var set = ImageSet.Open(WriteHdf5(folder["x.hdf5"], Images<ushort>(6), [0, 2, 0, 2, 0, 0]));

        Assert.Equal(4, Gallery.Write(set, "test1", folder.Path));

        Assert.Equal(
            ["test1-0-composite.png", "test1-0-protein.png", "test1-2-composite.png", "test1-2-protein.png", "x.hdf5"],
            folder.Files().Select(Path.GetFileName)
        );
    }
}
