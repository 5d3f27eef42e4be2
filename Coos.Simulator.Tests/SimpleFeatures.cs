namespace Coos.Simulator.Tests;

/// <summary>Simple features of intensity and texture, without learning or segmentation.</summary>
internal static class SimpleFeatures
{
    private const int Side = 64;
    private const int Pixels = Side * Side;

    private static readonly double[] Percentiles = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
    private static readonly int[] Lags = [1, 2, 4, 8];

    /// <summary>Computes features of both channels and their correlation.</summary>
    public static double[] ComputeBoth(ReadOnlySpan<ushort> image)
    {
        var protein = Standardise(image[..Pixels], out _, out _);
        var nucleus = Standardise(image[Pixels..], out _, out _);
        return [.. ComputeChannel(image[..Pixels]), .. ComputeChannel(image[Pixels..]), protein.Zip(nucleus, (a, b) => a * b).Average()];
    }

    /// <summary>Computes features of the nucleus channel alone.</summary>
    public static double[] ComputeNucleus(ReadOnlySpan<ushort> image) => ComputeChannel(image[Pixels..]);

    private static double[] ComputeChannel(ReadOnlySpan<ushort> channel)
    {
        var z = Standardise(channel, out var mean, out var deviation);
        var sorted = z.ToArray();
        Array.Sort(sorted);
        return
        [
            Math.Log(mean),
            Math.Log(deviation),
            z.Average(v => v * v * v),
            Math.Log(z.Average(v => v * v * v * v)),
            .. Percentiles.Select(p => sorted[(int)(p * (Pixels - 1))]),
            .. Lags.Select(lag => Difference(z, lag)),
        ];
    }

    private static double[] Standardise(ReadOnlySpan<ushort> channel, out double mean, out double deviation)
    {
        double[] values = [.. channel.ToArray().Select(v => (double)v)];
        var average = values.Average();
        var sigma = Math.Sqrt(values.Average(v => (v - average) * (v - average))) + 1e-9;
        (mean, deviation) = (average, sigma);
        return Array.ConvertAll(values, v => (v - average) / sigma);
    }

    /// <summary>The mean absolute difference of pixels a lag apart, along rows and columns.</summary>
    private static double Difference(double[] z, int lag)
    {
        var sum = 0.0;
        for (var a = 0; a < Side; a++)
        {
            for (var b = 0; b < Side - lag; b++)
            {
                sum += Math.Abs(z[(a * Side) + b + lag] - z[(a * Side) + b]) + Math.Abs(z[((b + lag) * Side) + a] - z[(b * Side) + a]);
            }
        }

        return sum / (2 * Side * (Side - lag));
    }
}
