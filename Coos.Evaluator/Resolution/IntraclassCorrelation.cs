using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Resolution;

/// <summary>
/// The correlation of the errors of two images of one cluster, pooled over classes and entries by analysis of variance (Donner,
/// "A review of inference procedures for the intraclass correlation coefficient", International Statistical Review 54, 1986).
/// </summary>
/// <param name="Within">
/// ICC, of two images of one class, 0..1: the sum of the variances between clusters over the sum of all variances. Estimates below 0
/// are 0.
/// </param>
/// <param name="Between">ICC', of two images of different classes, 0..1; null if no cluster holds several classes.</param>
public readonly record struct IntraclassCorrelation(double Within, double? Between)
{
    /// <summary>Estimates the correlations from the predictions of entries.</summary>
    /// <remarks>
    /// For a class of n images in m clusters of n_g images with x_g errors: MSB = sum n_g (x_g/n_g - x/n)² / (m - 1), MSW = sum
    /// x_g (1 - x_g/n_g) / (n - m), n₀ = (n - sum n_g²/n) / (m - 1), variance between clusters (MSB - MSW)/n₀. Variances are summed
    /// over classes and entries before they are divided, so classes with few errors count little. For two classes k and l, with r =
    /// x_g - n_g x/n, the covariance is sum r_gk r_gl / sum n_gk n_gl (1 - n_gk/n_k - n_gl/n_l + sum n_hk n_hl / (n_k n_l)), which
    /// is unbiased.
    /// </remarks>
    /// <param name="actual">True class indices.</param>
    /// <param name="predictions">The predictions of each entry.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    /// <returns>The correlations; null if no class has an error, or none has two clusters of which one has two images.</returns>
    public static IntraclassCorrelation? Estimate(
        ReadOnlySpan<ushort> actual,
        IEnumerable<ushort[]> predictions,
        int classCount,
        Clusters clusters
    )
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(clusters);
        var layout = new ClusterLayout(actual, classCount, clusters);
        var (between, total, shared, scale) = (0.0, 0.0, 0.0, 0.0);
        foreach (var predicted in predictions)
        {
            var errors = layout.CountErrors(predicted);
            var classes = ErrorVariances.Compute(layout, errors);
            between += classes.Between.Sum();
            total += classes.Total.Sum();
            foreach (var (k, l, covariance) in classes.EnumerateCovariances(layout, errors))
            {
                var pair = Math.Sqrt(Math.Max(0, classes.Total[k]) * Math.Max(0, classes.Total[l]));
                shared += pair > 0 ? covariance : 0;
                scale += pair;
            }
        }

        return total > 0
            ? new IntraclassCorrelation(Math.Clamp(between / total, 0, 1), scale > 0 ? Math.Clamp(shared / scale, 0, 1) : null)
            : null;
    }
}
