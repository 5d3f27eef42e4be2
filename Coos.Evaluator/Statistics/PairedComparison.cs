namespace Coos.Evaluator.Statistics;

/// <summary>The paired comparison of two submissions on one split.</summary>
public sealed record PairedComparison
{
    /// <summary>d = (1/K') sum (b_k - c_k) / n_k, -1..1: the balanced error of the second minus that of the first.</summary>
    public required double Difference { get; init; }

    /// <summary>The 95% interval of the difference.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The standard error and degrees of freedom of <see cref="Interval"/>, for intervals of another confidence.</summary>
    public required DifferenceError Error { get; init; }

    /// <summary>The share of discordant images, 0..1: the mean over present classes of (b_k + c_k) / n_k.</summary>
    public required double Discordance { get; init; }

    /// <summary>The two-sided mid-p of no difference, see <see cref="SignFlip"/>.</summary>
    public required double P { get; init; }

    /// <summary>The unit of the sign flips: "image", "well" or "plate".</summary>
    public required string Unit { get; init; }

    /// <summary>b_k, the number of images per class that only the first predicts correctly.</summary>
    public required IReadOnlyList<int> OnlyFirst { get; init; }

    /// <summary>c_k, the number of images per class that only the second predicts correctly.</summary>
    public required IReadOnlyList<int> OnlySecond { get; init; }

    /// <summary>The exact p of McNemar's test of accuracy, for independent images.</summary>
    public required double McNemar { get; init; }

    /// <summary>The mid-p of McNemar's test, which is less conservative for few discordant images.</summary>
    public required double McNemarMidP { get; init; }

    /// <summary>Whether the interval is by cluster, which requires two clusters in every present class; otherwise per image.</summary>
    public required bool HasClusterInterval { get; init; }

    /// <summary>The contribution of each cluster to d, for <see cref="SignFlip.ComputeByCluster"/>; null without clusters.</summary>
    public IReadOnlyList<double>? ClusterValues { get; init; }

    /// <summary>Compares two submissions.</summary>
    /// <remarks>
    /// The interval is d ± 1.96 sqrt(V). Per image, V = sum (b_k + c_k + 1 - (b_k - c_k)²/(n_k + 2)) / ((n_k + 2) K')²: the
    /// variance of a difference of paired proportions with half an image added to b_k and c_k (Agresti and Min, "Simple
    /// improved confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005). By cluster it is
    /// also at least d ± t sqrt(V), with V the variance between clusters and t Student's quantile for its degrees of freedom:
    /// see <see cref="PairedCells.ComputeVariance"/> and <see cref="ClusterVariance.ComputeForMean"/>.
    /// </remarks>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">Predictions of the first submission.</param>
    /// <param name="second">Predictions of the second submission.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the images; null for independent images.</param>
    public static PairedComparison Compute(
        ReadOnlySpan<byte> actual,
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        int classCount,
        Clusters? clusters = null
    )
    {
        var map = new CorrectnessMap(actual, classCount);
        var (onlyFirst, onlySecond) = (new int[classCount], new int[classCount]);
        map.Count(map.Encode(first), map.Encode(second), onlyFirst, onlySecond);
        var images = PairTest.Compute(map, onlyFirst, onlySecond);
        var cells = clusters is null ? null : new PairedCells(actual, first, second, classCount, clusters);
        var values = cells?.ComputeValues(map);
        var present = Enumerable.Range(0, classCount).Where(k => map.ClassImages[k] > 0);
        var byCluster = cells is null ? null : ClusterVariance.ComputeForMean([.. present.Select(cells.ComputeVariance)]);
        var imageError = Math.Sqrt(PairTest.ComputeVariance(map, onlyFirst, onlySecond));
        var half = Math.Max(Wilson.Normal975 * imageError, byCluster?.HalfWidth ?? 0);
        return new PairedComparison
        {
            Difference = images.Difference,
            Interval = new Interval(Math.Max(-1, images.Difference - half), Math.Min(1, images.Difference + half)),
            Error =
                byCluster is { } wider && wider.HalfWidth > Wilson.Normal975 * imageError
                    ? new DifferenceError(Math.Sqrt(wider.Variance), wider.Degrees)
                    : new DifferenceError(imageError, double.PositiveInfinity),
            Discordance = present.Average(k => (double)(onlyFirst[k] + onlySecond[k]) / map.ClassImages[k]),
            P = values is null ? images.P : SignFlip.ComputeByCluster(values),
            Unit = clusters?.Kind ?? "image",
            OnlyFirst = onlyFirst,
            OnlySecond = onlySecond,
            HasClusterInterval = byCluster is not null,
            ClusterValues = values,
            McNemar = Binomial.McNemar(onlyFirst.Sum(), onlySecond.Sum()),
            McNemarMidP = Binomial.McNemarMidP(onlyFirst.Sum(), onlySecond.Sum()),
        };
    }
}
