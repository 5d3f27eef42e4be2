namespace Coos.Shared.Datasets.Pictures;

/// <summary>Maps raw intensities to 8 bits, linearly between two percentiles, so that the structure is visible.</summary>
public static class ContrastStretch
{
    private const double Low = 0.01;
    private const double High = 0.997;

    /// <summary>Stretches one channel of one image.</summary>
    /// <param name="samples">Raw finite intensities.</param>
    /// <returns>Values 0..255; all 0 if all samples are equal.</returns>
    public static byte[] ToBytes(ReadOnlySpan<float> samples)
    {
        var sorted = samples.ToArray();
        Array.Sort(sorted);
        var low = sorted[(int)(Low * (sorted.Length - 1))];
        var high = sorted[(int)(High * (sorted.Length - 1))];
        var scale = high > low ? byte.MaxValue / (high - low) : 0;
        var bytes = new byte[samples.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp(((samples[i] - low) * scale) + 0.5f, 0, byte.MaxValue);
        }

        return bytes;
    }
}
