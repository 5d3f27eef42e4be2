using System.Numerics;
using System.Runtime.InteropServices;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Shortens the deviations of many units so that boards of many entries fit into memory: each unit is added to one of 4,096 buckets with
/// a random sign, which keeps squared distances on average (Charikar, Chen and Farach-Colton, "Finding frequent items in data streams",
/// ICALP 2002). Their standard error is sqrt(2 / 4096), 2.2%.
/// </summary>
internal static class UnitSketch
{
    private const int Buckets = 4096;
    private const ulong Seed = 0x5EED;

    /// <summary>Computes the sketch; vectors of at most 4,096 units are kept as they are.</summary>
    public static float[] Compute(double[] deviations)
    {
        if (deviations.Length <= Buckets)
        {
            return [.. deviations.Select(d => (float)d)];
        }

        var (sums, random) = (new double[Buckets], new SplitMix(Seed));
        foreach (var deviation in deviations)
        {
            var bits = random.Next();
            sums[bits % Buckets] += (bits & (1UL << 63)) == 0 ? deviation : -deviation;
        }

        return [.. sums.Select(s => (float)s)];
    }

    /// <summary>Computes the squared distance of two sketches.</summary>
    public static double ComputeDistance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(first);
        var b = MemoryMarshal.Cast<float, Vector<float>>(second);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            sum += difference * difference;
        }

        double distance = Vector.Sum(sum);
        for (var i = a.Length * Vector<float>.Count; i < first.Length; i++)
        {
            double difference = first[i] - second[i];
            distance += difference * difference;
        }

        return distance;
    }
}
