using Coos.Shared.Scores;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// 95% intervals for images that are dependent within clusters. An error E with a variance V between clusters is taken as a proportion
/// of N = E (1 - E) / V · (1.96 / t)² effective images, with t Student's quantile at the degrees of freedom of V, and gets the limits of
/// Clopper and Pearson (Korn and Graubard, "Confidence intervals for proportions with small expected number of positive counts
/// estimated from survey data", Survey Methodology 24, 1998).
/// </summary>
/// <param name="BalancedError">The interval of the balanced error.</param>
/// <param name="Sensitivities">The interval of each class's sensitivity; null for a class without images.</param>
/// <param name="HasTooFewClusters">
/// Whether so few clusters have errors that the interval of the balanced error misses the truth too often:
/// <see cref="ClusterVariance.EffectiveClusters"/> is below <see cref="ClusterVariance.MinEffectiveClusters"/>.
/// </param>
/// <remarks>
/// No interval is narrower than the one per image: images of a cluster are not assumed to be less alike than chance.
/// docs/decisions/0087-strata.md has the reasons and docs/metrics.md the simulations.
/// </remarks>
public sealed record ClusterIntervals(Interval BalancedError, IReadOnlyList<Interval?> Sensitivities, bool HasTooFewClusters)
{
    /// <summary>The minimum number of clusters of every present class.</summary>
    public const int MinClusters = 5;

    private const double Tail = 0.025;

    /// <summary>Computes the intervals of a split; null if a present class has fewer than five clusters.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="predicted">Predicted class indices of the same images.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    /// <exception cref="ArgumentException">The numbers of labels, predictions and cluster ids differ.</exception>
    public static ClusterIntervals? Compute(ReadOnlySpan<ushort> actual, ReadOnlySpan<ushort> predicted, int classCount, Clusters clusters)
    {
        var confusion = ConfusionMatrix.Count(actual, predicted, classCount);
        return Compute(new ClusterLayout(actual, classCount, clusters), confusion, predicted);
    }

    /// <summary>Computes the intervals of a split whose clusters are laid out.</summary>
    /// <param name="layout">The layout of the split.</param>
    /// <param name="confusion">The confusion matrix of the predictions.</param>
    /// <param name="predicted">Predicted class indices.</param>
    /// <returns>The intervals; null if a present class has fewer than five clusters.</returns>
    public static ClusterIntervals? Compute(ClusterLayout layout, ConfusionMatrix confusion, ReadOnlySpan<ushort> predicted)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(confusion);
        if (layout.MinClusterCount < MinClusters)
        {
            return null;
        }

        var errors = layout.CountErrors(predicted);
        var (balancedError, hasTooFewClusters) = ComputeBalancedError(layout, confusion, errors);
        return new ClusterIntervals(
            balancedError,
            [.. Enumerable.Range(0, confusion.ClassCount).Select(k => ComputeSensitivity(k, confusion, layout, errors))],
            hasTooFewClusters
        );
    }

    /// <summary>Computes the interval of the balanced error alone.</summary>
    /// <param name="layout">The layout of the split, with at least two clusters of each present class.</param>
    /// <param name="confusion">The confusion matrix of the same predictions.</param>
    /// <param name="errors">The result of <see cref="ClusterLayout.CountErrors"/> for them.</param>
    /// <returns>The interval, and <see cref="HasTooFewClusters"/>.</returns>
    public static (Interval Interval, bool HasTooFewClusters) ComputeBalancedError(
        ClusterLayout layout,
        ConfusionMatrix confusion,
        ReadOnlySpan<int> errors
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(confusion);
        var variance =
            layout.ComputeVariance(layout.ComputeDeviations(errors))
            ?? throw new ArgumentException("A class has only one cluster, so there is no variance by cluster.", nameof(layout));
        return (
            Limit(confusion.BalancedError, variance).Hull(BalancedErrorInterval.ComputePerImage(confusion)),
            variance.EffectiveClusters < ClusterVariance.MinEffectiveClusters
        );
    }

    private static Interval? ComputeSensitivity(int k, ConfusionMatrix confusion, ClusterLayout layout, int[] errors)
    {
        if (confusion.Sensitivity(k) is not { } sensitivity)
        {
            return null;
        }

        var limits = Limit(1 - sensitivity, layout.ComputeClassVariance(k, errors)!.Value);
        var perImage = Wilson.Compute(confusion.ClassCorrect(k), confusion.ClassImages(k));
        return new Interval(1 - limits.Upper, 1 - limits.Lower).Hull(perImage);
    }

    /// <summary>Computes the limits of an error by cluster; the error itself if it does not vary between clusters.</summary>
    internal static Interval Limit(double error, ClusterVariance variance, double tail = Tail)
    {
        if (variance.Variance == 0 || error is <= 0 or >= 1)
        {
            return new Interval(error, error);
        }

        var ratio = Student.ComputeUpper(tail, double.PositiveInfinity) / Student.ComputeUpper(tail, variance.Degrees);
        var trials = Math.Max(1, error * (1 - error) / variance.Variance * ratio * ratio);
        var count = trials * error;
        return new Interval(
            Math.Min(error, IncompleteBeta.Quantile(tail, count, trials - count + 1)),
            Math.Max(error, IncompleteBeta.Quantile(1 - tail, count + 1, trials - count))
        );
    }
}
