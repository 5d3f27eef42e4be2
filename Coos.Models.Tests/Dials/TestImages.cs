using Coos.Models.Dials;
using Coos.Shared.Datasets;
using Coos.Shared.Randomness;

namespace Coos.Models.Tests.Dials;

/// <summary>Images of several shapes: random cells on a dark background, within the range of the bits.</summary>
internal static class TestImages
{
    /// <summary>Shapes and bits: one and many channels, square and not, down to 8 x 8.</summary>
    public static TheoryData<int, int, int, int> Shapes { get; } =
        new()
        {
            { 2, 64, 64, 16 },
            { 1, 8, 8, 8 },
            { 3, 33, 48, 8 },
            { 6, 8, 21, 12 },
        };

    /// <summary>Creates an image.</summary>
    public static ushort[] Create(ImageShape shape, int bits, ulong key = 0)
    {
        var random = new RandomStream(11, key);
        var maximum = (1 << bits) - 1;
        var image = new ushort[shape.SamplesPerImage];
        for (var i = 0; i < image.Length; i++)
        {
            var (row, column) = (i / shape.Width % shape.Height, i % shape.Width);
            var inside = Math.Abs(row - (shape.Height / 2)) < shape.Height / 4 && Math.Abs(column - (shape.Width / 2)) < shape.Width / 3;
            image[i] = (ushort)(maximum * (0.1 + (inside ? 0.35 : 0) + (0.04 * random.Uniform())));
        }

        return image;
    }

    /// <summary>Computes the scale of images.</summary>
    public static DialScale ScaleOf(ImageShape shape, params ushort[][] images)
    {
        var counter = new DialScaleCounter(shape.Channels);
        foreach (var image in images)
        {
            counter.Add(image);
        }

        return counter.ToScale();
    }

    /// <summary>Changes an image.</summary>
    public static ushort[] Apply(Dial dial, int level, ushort[] image, ImageShape shape, int bits, uint position = 0)
    {
        var changed = new ushort[image.Length];
        ShiftDials.Create(new DialStep(dial, dial.Levels[level]), ScaleOf(shape, image), shape, bits).Apply(image, changed, position);
        return changed;
    }

    /// <summary>The mean of all samples.</summary>
    public static double Mean(ushort[] image) => image.Average(v => (double)v);
}
