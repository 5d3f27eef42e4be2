using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Resolution;

/// <summary>
/// The design of a split: how its images are spread over classes and clusters. It determines the variance of a paired difference
/// before there are any predictions.
/// </summary>
public sealed class SamplingDesign
{
    private readonly Stratum[] _strata;

    private SamplingDesign(Stratum[] strata, double images, int classes, double? clusters) =>
        (_strata, Images, Classes, Clusters) = (strata, images, classes, clusters);

    /// <summary>The number of images.</summary>
    public double Images { get; }

    /// <summary>K', the number of classes with images.</summary>
    public int Classes { get; }

    /// <summary>G, the number of clusters; null if images are independent.</summary>
    public double? Clusters { get; }

    /// <summary>Whether some cluster holds several classes.</summary>
    public bool HasSharedClusters => _strata.Any(s => s.Shared > 0);

    /// <summary>
    /// Whether a stratum has only one cluster. Differences between clusters cannot be estimated then, and tests treat images as
    /// independent.
    /// </summary>
    public bool HasSingleCluster => _strata.Any(s => s.Clusters is < 2);

    /// <summary>The smallest p of sign flips of whole clusters: 2^-G; 0 if images are independent.</summary>
    public double SmallestP => Clusters is { } clusters ? Math.Pow(2, -clusters) : 0;

    /// <summary>Reads the design of a split from its labels.</summary>
    /// <param name="actual">True class indices, at least one, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images; null for independent images.</param>
    public static SamplingDesign FromLabels(ReadOnlySpan<ushort> actual, int classCount, Clusters? clusters)
    {
        ArgumentOutOfRangeException.ThrowIfZero(actual.Length);
        if (clusters is null)
        {
            int[] sizes = [.. actual.ToArray().CountBy(k => k).Select(c => c.Value)];
            var sum = sizes.Sum(n => 1.0 / n / sizes.Length / sizes.Length);
            return new SamplingDesign([new Stratum(sum, 0, 0, null)], actual.Length, sizes.Length, null);
        }

        var layout = new ClusterLayout(actual, classCount, clusters);
        var strata = layout.Strata;
        var (images, own, shared) = (new double[strata.Count], new double[strata.Count], new double[strata.Count]);
        foreach (var (start, end) in layout.EnumerateClusters())
        {
            var (h, total) = (strata.OfCluster[layout.Cells[start].Cluster], 0.0);
            foreach (var cell in layout.Cells[start..end])
            {
                var weight = 1.0 / layout.ClassImages[cell.Class] / layout.Present;
                var share = weight * cell.Images;
                images[h] += share * weight;
                own[h] += share * share;
                shared[h] += 2 * share * total;
                total += share;
            }
        }

        return new SamplingDesign(
            [.. Enumerable.Range(0, strata.Count).Select(h => new Stratum(images[h], own[h], shared[h], strata.Sizes[h]))],
            actual.Length,
            layout.Present,
            clusters.Count
        );
    }

    /// <summary>Creates the design of a split whose classes and clusters are of one size.</summary>
    /// <param name="classes">K', the number of classes, at least 1.</param>
    /// <param name="clusters">
    /// The number of clusters of each class, at least 1; of the whole split if each cluster holds all classes. Null for independent
    /// images.
    /// </param>
    /// <param name="images">The number of images of the split, above 0; it may be a fraction per class.</param>
    /// <param name="isShared">Whether each cluster holds all classes.</param>
    public static SamplingDesign CreateEven(int classes, double? clusters, double images, bool isShared)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(images);
        if (clusters is not { } count)
        {
            return new SamplingDesign([new Stratum(1 / images, 0, 0, null)], images, classes, null);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var own = 1 / (count * classes * classes);
        return isShared
            ? new SamplingDesign([new Stratum(1 / images, classes * own, (1 / count) - (classes * own), count)], images, classes, count)
            : new SamplingDesign(
                [.. Enumerable.Repeat(new Stratum(1 / images / classes, own, 0, count), classes)],
                images,
                classes,
                count * classes
            );
    }

    /// <summary>Computes the variance of a paired difference per unit of variance of one image.</summary>
    /// <remarks>
    /// With n_gk images of class k in cluster g and a_gk = n_gk / (n_k K'), it is (1 - ICC) sum n_gk / (n_k K')² + ICC sum a_gk² +
    /// ICC' sum over pairs of classes of a_gk a_gl. If each cluster holds one class it is the sum over classes of deff_k / (n_k K'²)
    /// with deff_k = 1 + (sum n_g² / sum n_g - 1) ICC (Kish, "Survey sampling", 1965). Each stratum of m clusters has m - 1 degrees
    /// of freedom, combined by Satterthwaite (1946).
    /// </remarks>
    /// <param name="icc">ICC: the correlation of two images of one class and cluster, 0..1.</param>
    /// <param name="between">ICC': the correlation of two images of different classes of one cluster, 0..1.</param>
    public DesignVariance ComputeVariance(double icc, double between)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(icc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(icc, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(between);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(between, 1);
        double[] terms = [.. _strata.Select(s => s.ComputeVariance(icc, between))];
        var sum = terms.Sum();
        var squares = terms.Zip(_strata, (term, stratum) => stratum.Clusters is > 1 and var m ? term * term / (m - 1) : 0).Sum();
        return new DesignVariance(
            sum,
            Clusters is null || HasSingleCluster || squares == 0 ? double.PositiveInfinity : Math.Max(1, sum * sum / squares)
        );
    }

    /// <summary>A stratum of clusters that share classes; all images if they are independent.</summary>
    /// <param name="Independent">The sum over images of their squared weight.</param>
    /// <param name="Own">The sum over clusters and classes of their squared weight.</param>
    /// <param name="Shared">The sum over clusters and pairs of different classes of the product of their weights.</param>
    /// <param name="Clusters">The number of clusters; null if images are independent.</param>
    private readonly record struct Stratum(double Independent, double Own, double Shared, double? Clusters)
    {
        public double ComputeVariance(double icc, double between) => ((1 - icc) * Independent) + (icc * Own) + (between * Shared);
    }
}
