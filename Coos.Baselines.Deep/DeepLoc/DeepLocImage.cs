using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.DeepLoc;

/// <summary>Prepares images for DeepLoc: scaled by percentiles, cropped to 60 x 60, flipped and rotated in training.</summary>
internal static class DeepLocImage
{
    /// <summary>The quantile that becomes 0.</summary>
    public const double Low = 0.001;

    /// <summary>The quantile that becomes 1.</summary>
    public const double High = 0.999;

    /// <summary>
    /// Scales each channel: clips at its 99.9th percentile, subtracts its 0.1th, and divides by their difference if that is above 1.
    /// </summary>
    /// <param name="image">Samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="scaled">Receives C x H x W values; most are in 0 .. 1, the lowest thousandth is below 0.</param>
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

    /// <summary>Copies the part of an image that <paramref name="view"/> describes.</summary>
    /// <param name="scaled">Scaled samples, C x H x W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="view">The position and the flips and rotation.</param>
    /// <param name="crop">Receives C x 60 x 60 values.</param>
    public static void Crop(ReadOnlySpan<float> scaled, ImageShape shape, DeepLocView view, Span<float> crop)
    {
        const int side = DeepLocNetwork.Side;
        var next = 0;
        for (var channel = 0; channel < shape.Channels; channel++)
        {
            var plane = scaled.Slice(channel * shape.PixelsPerChannel, shape.PixelsPerChannel);
            for (var row = 0; row < side; row++)
            {
                for (var column = 0; column < side; column++)
                {
                    var (y, x) = view.Source(row, column);
                    crop[next++] = plane[((view.Top + y) * shape.Width) + view.Left + x];
                }
            }
        }
    }

    /// <summary>The percentile with linear interpolation, as NumPy does by default.</summary>
    private static double Percentile(float[] sorted, double quantile)
    {
        var (below, share) = PercentilePosition(quantile, sorted.Length);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (share * ((double)sorted[above] - sorted[below]));
    }

    /// <summary>Where a percentile is among sorted values: the index of the value below it, and its share of the way to the next.</summary>
    internal static (int Below, double Share) PercentilePosition(double quantile, int count)
    {
        var position = quantile * (count - 1);
        return ((int)position, position - (int)position);
    }
}
