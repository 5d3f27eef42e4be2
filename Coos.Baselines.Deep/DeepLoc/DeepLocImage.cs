using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>How DeepLoc looks at an image: scaled by percentiles, cropped to 60 x 60, turned over in training.</summary>
internal static class DeepLocImage
{
    private const double Low = 0.001;
    private const double High = 0.999;

    /// <summary>Scales each channel: clipped above its 99.9th percentile, less its 0.1th, divided by their distance where that is above 1.</summary>
    /// <param name="image">C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="scaled">Receives C x H x W values; most lie in 0 .. 1, the lowest thousandth below.</param>
    public static void Scale(ReadOnlySpan<float> image, ImageShape shape, Span<float> scaled)
    {
        var pixels = shape.PixelsPerChannel;
        var sorted = new float[pixels];
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var from = image.Slice(channel * pixels, pixels);
            var to = scaled.Slice(channel * pixels, pixels);
            from.CopyTo(sorted);
            Array.Sort(sorted);
            var (low, high) = (Percentile(sorted, Low), Percentile(sorted, High));
            var range = high - low > 1 ? high - low : 1;
            for (var i = 0; i < pixels; i++)
            {
                to[i] = (float)((Math.Min(from[i], high) - low) / range);
            }
        }
    }

    /// <summary>Copies a part of an image, as <paramref name="view"/> has it.</summary>
    /// <param name="scaled">C x H x W.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="view">Where to cut and how to turn.</param>
    /// <param name="crop">Receives C x 60 x 60 values.</param>
    public static void Crop(ReadOnlySpan<float> scaled, ImageShape shape, DeepLocView view, Span<float> crop)
    {
        const int side = DeepLocNetwork.Side;
        var place = 0;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var plane = scaled.Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
            for (var row = 0; row < side; row++)
            {
                for (var column = 0; column < side; column++)
                {
                    var (y, x) = view.Source(row, column);
                    crop[place++] = plane[((view.Top + y) * shape.Width) + view.Left + x];
                }
            }
        }
    }

    /// <summary>Linear between neighbours, as numpy's default.</summary>
    private static double Percentile(float[] sorted, double quantile)
    {
        var place = quantile * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * ((double)sorted[above] - sorted[below]));
    }
}
