namespace Coos.Shared.Datasets.Pictures;

/// <summary>
/// The intensities of one channel that are drawn as black and as full brightness. It is the same for all images of a benchmark, so
/// that their brightness can be compared.
/// </summary>
/// <param name="Low">Drawn as 0; raw intensity.</param>
/// <param name="High">Drawn as 255; raw intensity, at least <paramref name="Low"/>.</param>
public readonly record struct IntensityWindow(float Low, float High)
{
    /// <summary>The part of the samples that is drawn as black.</summary>
    private const double LowShare = 0.01;

    /// <summary>The part of the samples that is below full brightness.</summary>
    private const double HighShare = 0.997;

    /// <summary>Computes the window from samples: from their 1st to their 99.7th percentile.</summary>
    /// <param name="samples">Raw finite intensities, in any order; they are sorted.</param>
    public static IntensityWindow Of(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length == 0)
        {
            return default;
        }

        Array.Sort(samples);
        return new(samples[(int)(LowShare * (samples.Length - 1))], samples[(int)(HighShare * (samples.Length - 1))]);
    }

    /// <summary>Makes dark images visible, or bright ones less so.</summary>
    /// <param name="contrast">Above 1: full brightness is reached earlier by this factor; below 1: later.</param>
    public IntensityWindow WithContrast(double contrast) => this with { High = (float)(Low + ((High - Low) / contrast)) };

    /// <summary>Maps samples to brightness, linearly within the window.</summary>
    /// <param name="samples">Raw finite intensities.</param>
    /// <param name="brightness">Receives as many values from 0 to 255; all 0 if the window is empty.</param>
    public void Map(ReadOnlySpan<float> samples, Span<byte> brightness)
    {
        var scale = High > Low ? byte.MaxValue / (High - Low) : 0;
        for (var i = 0; i < samples.Length; i++)
        {
            brightness[i] = (byte)Math.Clamp(((samples[i] - Low) * scale) + 0.5f, 0, byte.MaxValue);
        }
    }
}
