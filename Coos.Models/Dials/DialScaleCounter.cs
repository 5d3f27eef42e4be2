namespace Coos.Models.Dials;

/// <summary>
/// Counts the samples of all images of the reference split. The order of the images does not matter, so the result is the same on
/// any number of threads with one counter each.
/// </summary>
public sealed class DialScaleCounter
{
    private const double LowShare = 0.01;
    private const double HighShare = 0.998;

    private readonly int _channels;
    private readonly long[] _counts;

    /// <summary>Creates a counter.</summary>
    /// <param name="channels">C, the number of channels.</param>
    public DialScaleCounter(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        (_channels, _counts) = (channels, new long[channels << 16]);
    }

    /// <summary>Counts the samples of an image.</summary>
    /// <param name="image">Raw samples by channel, row and column.</param>
    /// <exception cref="ArgumentException">The samples cannot be divided among the channels.</exception>
    public void Add(ReadOnlySpan<ushort> image)
    {
        if (image.Length % _channels != 0)
        {
            throw new ArgumentException($"{image.Length} samples are not {_channels} channels", nameof(image));
        }

        var pixels = image.Length / _channels;
        for (var channel = 0; channel < _channels; channel++)
        {
            var counts = _counts.AsSpan(channel << 16, 1 << 16);
            foreach (var sample in image.Slice(channel * pixels, pixels))
            {
                counts[sample]++;
            }
        }
    }

    /// <summary>Adds the counts of another counter.</summary>
    public void Add(DialScaleCounter other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>Creates the scale of what was counted.</summary>
    public DialScale ToScale()
    {
        var windows = new (int, int)[_channels];
        for (var channel = 0; channel < _channels; channel++)
        {
            var counts = _counts.AsSpan(channel << 16, 1 << 16);
            windows[channel] = (FindPercentile(counts, LowShare), FindPercentile(counts, HighShare));
        }

        return new DialScale(windows);
    }

    /// <summary>Finds the smallest value that at least a share of the samples does not exceed.</summary>
    private static int FindPercentile(ReadOnlySpan<long> counts, double share)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(share * total));
        var below = 0L;
        for (var value = 0; value < counts.Length; value++)
        {
            below += counts[value];
            if (below >= wanted)
            {
                return value;
            }
        }

        return 0;
    }
}
