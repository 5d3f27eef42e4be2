using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Disclosures;

/// <summary>
/// The balanced error on the sealed part minus that on the public part. The parts are drawn at random, so its expected value is 0
/// for an entry that was not fitted to the public part, and above 0 for one that was.
/// </summary>
/// <param name="Value">The difference, -1..1, over the classes that both parts have.</param>
/// <param name="Variance">Its variance.</param>
/// <param name="Degrees">The degrees of freedom of the variance, at most <see cref="MaximumDegrees"/>.</param>
public readonly record struct PartDifference(double Value, double Variance, double Degrees)
{
    /// <summary>With so many degrees of freedom Student's t is the normal distribution.</summary>
    public const double MaximumDegrees = 1_000_000;

    /// <summary>Its 95% interval, within -1..1.</summary>
    public Interval Interval
    {
        get
        {
            var half = new ClusterVariance(Variance, Degrees).HalfWidth;
            return new Interval(Math.Max(-1, Value - half), Math.Min(1, Value + half));
        }
    }

    /// <summary>The one-sided p of no difference, against a larger error on the sealed part.</summary>
    public double P => Variance == 0 ? 1 : Student.UpperTail(Value / Math.Sqrt(Variance), Degrees);

    /// <summary>Computes the difference of a split.</summary>
    /// <remarks>
    /// The variance is the sum of those of both parts. Per image it is the sum over classes of q (1 - q) / (n + 2a) / K'², with
    /// q = (errors + a) / (n + 2a) and a = 1/K': an error and a correct image are added to each part, spread over its classes
    /// (Agresti and Caffo, "Simple and effective confidence intervals for proportions and differences of proportions", The American
    /// Statistician 54, 2000). An error added to each class would make the interval too wide for few errors. By cluster it is
    /// that of <see cref="ClusterLayout"/> over the same classes. The one with the wider interval is used. If a class has only one
    /// cluster in a part, there is no variance by cluster, and the one per image is used.
    /// </remarks>
    /// <param name="parts">The parts of the split.</param>
    /// <param name="predicted">One class per image of the split.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>.</param>
    /// <returns>The difference; null if the split has no sealed part or no class is in both parts.</returns>
    public static PartDifference? Compute(SplitParts parts, ushort[] predicted, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Sealed is null)
        {
            return null;
        }

        var open = new PartErrors(parts.Public, predicted, classCount, cluster);
        var closed = new PartErrors(parts.Sealed, predicted, classCount, cluster);
        int[] both = [.. Enumerable.Range(0, classCount).Where(k => open.Images[k] > 0 && closed.Images[k] > 0)];
        if (both.Length == 0)
        {
            return null;
        }

        var value = closed.ComputeError(both) - open.ComputeError(both);
        var byImage = new PartDifference(value, open.ComputeVariance(both) + closed.ComputeVariance(both), MaximumDegrees);
        var byCluster =
            open.ComputeClusterVariance(both) is { } ofOpen && closed.ComputeClusterVariance(both) is { } ofClosed
                ? Sum(value, [ofOpen, ofClosed], 1)
                : byImage;
        return byCluster.Interval.Width > byImage.Interval.Width ? byCluster : byImage;
    }

    /// <summary>Computes the mean of the differences of several splits, which are independent.</summary>
    public static PartDifference ComputeMean(IReadOnlyCollection<PartDifference> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count);
        return Sum(splits.Average(s => s.Value), [.. splits.Select(s => new ClusterVariance(s.Variance, s.Degrees))], splits.Count);
    }

    private static PartDifference Sum(double value, ClusterVariance[] terms, double divisor)
    {
        var sum = ClusterVariance.Sum(terms, divisor);
        return new PartDifference(value, sum.Variance, sum.Variance > 0 ? Math.Min(sum.Degrees, MaximumDegrees) : MaximumDegrees);
    }
}
