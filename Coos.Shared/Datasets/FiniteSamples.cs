using System.Numerics;
using System.Runtime.InteropServices;

namespace Coos.Shared.Datasets;

/// <summary>Rejects samples that are not finite: a NaN would silently spoil every feature of its image.</summary>
internal static class FiniteSamples
{
    /// <summary>Checks the samples of decoded images.</summary>
    /// <param name="samples">Samples by image, channel, row and column.</param>
    /// <param name="shape">The shape of an image: C, H, W.</param>
    /// <param name="file">The file, for the message.</param>
    /// <param name="dataset">The dataset, for the message.</param>
    /// <param name="first">The index of the first image, for the message.</param>
    /// <exception cref="DatasetException">A sample is NaN or infinite.</exception>
    public static void Check(ReadOnlySpan<float> samples, ImageShape shape, string file, string? dataset, int first)
    {
        // x - x is 0 for a finite x and NaN otherwise: one pass without branches.
        var zeros = Vector<float>.Zero;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        foreach (var vector in vectors)
        {
            zeros += vector - vector;
        }

        var rest = 0f;
        foreach (var sample in samples[(vectors.Length * Vector<float>.Count)..])
        {
            rest += sample - sample;
        }

        if (Vector.EqualsAll(zeros, Vector<float>.Zero) && rest == 0)
        {
            return;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            if (!float.IsFinite(samples[i]))
            {
                var pixel = i % shape.PixelsPerChannel;
                var channel = shape.Channels > 1 ? $"channel {i / shape.PixelsPerChannel % shape.Channels}, " : "";
                var value = float.IsNaN(samples[i]) ? "NaN" : "infinite";
                throw new DatasetException(
                    file,
                    dataset,
                    first + (i / shape.SamplesPerImage),
                    $"the sample in {channel}row {pixel / shape.Width}, column {pixel % shape.Width} is {value}"
                );
            }
        }
    }
}
