namespace Coos.Shared.Datasets.Pictures;

/// <summary>The histogram of a channel of an image, over its window of intensities.</summary>
/// <param name="Counts">The pixels in each of 64 equal steps of the window; the first and last also have those beyond it.</param>
/// <param name="Window">The window.</param>
/// <param name="Minimum">The smallest raw intensity.</param>
/// <param name="Mean">The mean raw intensity.</param>
/// <param name="Maximum">The largest raw intensity.</param>
public sealed record ChannelHistogram(IReadOnlyList<int> Counts, IntensityWindow Window, float Minimum, double Mean, float Maximum)
{
    /// <summary>The number of steps.</summary>
    public const int Steps = 64;

    /// <summary>Computes the histogram of each channel of an image.</summary>
    /// <param name="image">The image: the first of a block.</param>
    /// <param name="windows">The window of each channel.</param>
    public static ChannelHistogram[] Compute(ImageBlock image, IReadOnlyList<IntensityWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(windows);
        return [.. windows.Select((window, channel) => Compute(image.Channel(0, channel), window))];
    }

    private static ChannelHistogram Compute(ReadOnlySpan<float> samples, IntensityWindow window)
    {
        var counts = new int[Steps];
        var (minimum, maximum, sum) = (samples[0], samples[0], 0.0);
        var scale = window.High > window.Low ? Steps / (window.High - window.Low) : 0;
        foreach (var sample in samples)
        {
            counts[(int)Math.Clamp((sample - window.Low) * scale, 0, Steps - 1)]++;
            (minimum, maximum, sum) = (Math.Min(minimum, sample), Math.Max(maximum, sample), sum + sample);
        }

        return new ChannelHistogram(counts, window, minimum, sum / samples.Length, maximum);
    }
}
