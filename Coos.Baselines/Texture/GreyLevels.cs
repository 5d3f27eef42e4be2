using System.Numerics.Tensors;

namespace Coos.Baselines.Texture;

/// <summary>Converts a channel to 8 bits, from which texture is computed.</summary>
internal static class GreyLevels
{
    private const float Highest = 255;

    /// <summary>
    /// Rescales a channel to 0 .. 255: round((x - min) / (max - min) * 255), halves to even. A constant channel becomes 0.
    /// </summary>
    /// <param name="samples">Finite intensities, H x W.</param>
    /// <param name="levels">Receives the levels, H x W.</param>
    public static void Quantise(ReadOnlySpan<float> samples, Span<byte> levels)
    {
        double minimum = TensorPrimitives.Min(samples);
        var range = TensorPrimitives.Max(samples) - minimum;
        if (range == 0)
        {
            levels.Clear();
            return;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            levels[i] = (byte)Math.Round((samples[i] - minimum) / range * Highest);
        }
    }
}
