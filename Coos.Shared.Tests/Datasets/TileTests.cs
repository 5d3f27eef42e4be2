using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Shared.Tests.Datasets;

/// <summary>Pictures of single images: windows of intensity, colours, sizes.</summary>
public sealed class TileTests
{
    private static readonly IntensityWindow[] Windows = [new(100, 200), new(0, 1000), new(0, 10)];

    [Fact]
    public void One_channel_is_grey_and_linear_within_its_window()
    {
        var png = Tile.Draw(Image(1, [50, 100, 150, 200, 250, 175]), [0], Windows, size: 3);

        Assert.Equal((3, 2, 1), Decode(png, out var pixels));
        Assert.Equal([0, 0, 128, 255, 255, 191], pixels);
    }

    [Fact]
    public void Two_channels_are_green_and_a_light_blue_and_a_third_is_red()
    {
        float[] samples = [200, 100, 200, 100, 100, 100, 0, 1000, 1000, 0, 0, 0, 0, 0, 10, 10, 0, 0];
        var image = Image(3, samples);

        Decode(Tile.Draw(image, [0, 1], Windows, 3), out var two);
        Decode(Tile.Draw(image, [0, 1, 2], Windows, 3), out var three);

        Assert.Equal([0, 255, 0, 102, 102, 255, 102, 255, 255], two[..9]);
        Assert.Equal([0, 255, 0, 102, 102, 255, 255, 255, 255], three[..9]);
    }

    [Fact]
    public void Pixels_are_repeated_in_a_larger_picture_and_averaged_in_a_smaller_one()
    {
        var image = new ImageBlock(0, new ImageShape(1, 1, 2, 2), [100, 200, 200, 100]);

        Decode(Tile.Draw(image, [0], Windows, 4), out var large);
        Decode(Tile.Draw(image, [0], Windows, 1), out var small);

        Assert.Equal([0, 0, 255, 255, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0], large);
        Assert.Equal([128], small);
    }

    [Fact]
    public void A_window_spans_percentiles_and_contrast_narrows_it()
    {
        var window = IntensityWindow.Of([.. Enumerable.Range(0, 1001).Select(i => (float)(1000 - i))]);

        Assert.Equal(new IntensityWindow(10, 997), window);
        Assert.Equal(new IntensityWindow(100, 150), Windows[0].WithContrast(2));
        Assert.Equal(default, IntensityWindow.Of([]));
    }

    [Fact]
    public void An_empty_window_is_black()
    {
        Decode(Tile.Draw(Image(1, [7, 7, 7, 7, 7, 7]), [0], [new(7, 7)], 3), out var pixels);

        Assert.Equal(new byte[6], pixels);
    }

    [Fact]
    public void A_histogram_counts_each_pixel_once_with_those_beyond_the_window_at_its_ends()
    {
        var histogram = ChannelHistogram.Compute(Image(1, [50, 100, 150, 200, 250, 175]), Windows[..1]).Single();

        Assert.Equal(6, histogram.Counts.Sum());
        Assert.Equal((2, 1, 1, 2), (histogram.Counts[0], histogram.Counts[32], histogram.Counts[48], histogram.Counts[63]));
        Assert.Equal((50, 250), (histogram.Minimum, histogram.Maximum));
        Assert.Equal(925 / 6.0, histogram.Mean, 9);
    }

    private static ImageBlock Image(int channels, float[] samples) => new(0, new ImageShape(1, channels, 2, 3), samples);

    private static (int Width, int Height, int BytesPerPixel) Decode(byte[] png, out byte[] pixels)
    {
        pixels = EncodedPng.Decode(png);
        return EncodedPng.ReadFormat(png);
    }
}
