using Coos.Evaluator.Metrics;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// 95% intervals for images that are dependent within clusters: a percentile bootstrap of clusters, stratified by class
/// (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, 3.8). Each replicate draws m - 1 of a class's m
/// clusters with replacement: drawing m would make the variance too small by (m - 1) / m (Rao and Wu, "Resampling inference
/// with complex survey data", JASA 83, 1988), which matters with the few clusters of a plate.
/// </summary>
/// <remarks>
/// A replicate is 1 - (1/K') sum over classes k of (correct images / images) in the drawn clusters; the limits are the 250th
/// smallest and the 250th largest of 10,000 replicates. The interval always contains the interval per image, because the
/// bootstrap alone would give a single point if all clusters are equally good. The reasons are in
/// docs/decisions/0020-intervals.md.
/// </remarks>
public static class ClusterBootstrap
{
    /// <summary>The number of resamples.</summary>
    public const int Replicates = 10_000;

    /// <summary>The minimum number of clusters of every present class.</summary>
    public const int MinClusters = 5;

    private const int Tail = Replicates / 40;
    private const ulong Seed = 20;

    /// <summary>The method's name in the API and on pages: "by well (cluster bootstrap, 10,000 resamples)".</summary>
    public static string DescribeMethod(Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return $"by {clusters.Kind} (cluster bootstrap, 10,000 resamples)";
    }

    /// <summary>Computes the intervals of a split; null if a present class has fewer than five clusters.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="predicted">Predicted class indices of the same images.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    public static ClusterIntervals? Compute(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> predicted, int classCount, Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var tally = new ClusterTally(actual, predicted, classCount, clusters);
        return tally.MinClusterCount < MinClusters ? null : Resample(tally, ConfusionMatrix.Count(actual, predicted, classCount));
    }

    private static ClusterIntervals Resample(ClusterTally tally, ConfusionMatrix confusion)
    {
        var sums = new double[Replicates];
        var shares = new double[Replicates];
        var sensitivities = new Interval?[tally.ClassCount];
        var present = 0;
        for (var k = 0; k < tally.ClassCount; k++)
        {
            if (tally[k].Count == 0)
            {
                continue;
            }

            Draw(tally[k], (Seed << 32) + (ulong)k, shares);
            for (var r = 0; r < sums.Length; r++)
            {
                sums[r] += shares[r];
            }

            sensitivities[k] = Percentiles(shares).Hull(Wilson.Compute(confusion[k, k], confusion.ClassImages(k)));
            present++;
        }

        for (var r = 0; r < sums.Length; r++)
        {
            sums[r] = 1 - (sums[r] / present);
        }

        return new ClusterIntervals(Percentiles(sums).Hull(BalancedErrorInterval.ComputePerImage(confusion)), sensitivities);
    }

    /// <summary>Resamples one class. Each class has its own seed, so that its draws do not depend on other classes.</summary>
    private static void Draw(IReadOnlyList<(int Right, int Images)> clusters, ulong seed, double[] shares)
    {
        // Both counts of a cluster are in one word, so that a draw adds them at once. A replicate has fewer than 2^32 images.
        ulong[] packed = [.. clusters.Select(c => ((ulong)c.Right << 32) | (uint)c.Images)];
        var mix = new SplitMix(seed);
        for (var r = 0; r < shares.Length; r++)
        {
            ulong sum = 0;
            for (var left = packed.Length - 1; left > 0; left -= 2)
            {
                var bits = mix.Next();
                sum += packed[SplitMix.Scale((uint)bits, packed.Length)];
                if (left > 1)
                {
                    sum += packed[SplitMix.Scale((uint)(bits >> 32), packed.Length)];
                }
            }

            shares[r] = (double)(sum >> 32) / (uint)sum;
        }
    }

    /// <summary>Selects the 250th smallest and the 250th largest value; reorders the values.</summary>
    private static Interval Percentiles(double[] values)
    {
        var lower = OrderStatistic.Select(values, Tail - 1);
        var upper = OrderStatistic.Select(values, values.Length - Tail);
        return new Interval(lower, upper);
    }
}

/// <summary>The intervals of one split, by cluster.</summary>
/// <param name="BalancedError">The interval of the balanced error.</param>
/// <param name="Sensitivities">The interval of each class's sensitivity; null for a class without images.</param>
public sealed record ClusterIntervals(Interval BalancedError, IReadOnlyList<Interval?> Sensitivities);
