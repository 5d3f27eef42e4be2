namespace Coos.Evaluator.Statistics;

/// <summary>The paired comparison of two submissions on one split.</summary>
public sealed record PairedComparison
{
    /// <summary>d = (1/K') sum (b_k - c_k) / n_k, -1..1: the balanced error of the second minus that of the first.</summary>
    public required double Difference { get; init; }

    /// <summary>The 95% interval of the difference. It contains 0 if and only if <see cref="P"/> is above 5%.</summary>
    public required Interval Interval { get; init; }

    /// <summary>
    /// The two-sided p of no difference: by cluster the larger of Student's p and the normal p per image, whose limits are the
    /// interval; otherwise the larger of that normal p and <see cref="SignFlipP"/>.
    /// </summary>
    public required double P { get; init; }

    /// <summary>
    /// The two-sided mid-p of <see cref="SignFlip"/>, of images or whole clusters. It tests whether the submissions are exchangeable.
    /// Submissions that are equally good on average but differ in some clusters or classes are not.
    /// </summary>
    public required double SignFlipP { get; init; }

    /// <summary>The unit of the test: "image", "well" or "plate".</summary>
    public required string Unit { get; init; }

    /// <summary>b_k, the number of images per class that only the first predicts correctly.</summary>
    public required IReadOnlyList<int> OnlyFirst { get; init; }

    /// <summary>c_k, the number of images per class that only the second predicts correctly.</summary>
    public required IReadOnlyList<int> OnlySecond { get; init; }

    /// <summary>The exact p of McNemar's test of accuracy, for independent images.</summary>
    public required double McNemar { get; init; }

    /// <summary>The mid-p of McNemar's test, which is less conservative for few discordant images.</summary>
    public required double McNemarMidP { get; init; }

    /// <summary>The standard error and degrees of freedom of <see cref="Interval"/>, for intervals of another confidence.</summary>
    public DifferenceError Error => Variances.Error;

    /// <summary>The share of discordant images, 0..1: the mean over present classes of (b_k + c_k) / n_k.</summary>
    public double Discordance => Variances.Discordance;

    /// <summary>The variance of the difference per image and by cluster.</summary>
    public required RankingDifference Variances { get; init; }

    /// <summary>Whether the interval is by cluster, which requires two clusters in every present class; otherwise per image.</summary>
    public bool HasClusterInterval => Variances.ByCluster is not null;

    /// <summary>The share of the variance by cluster that comes from one cluster, 0..1; 0 without clusters.</summary>
    public double LargestClusterShare => Variances.ByCluster?.LargestShare ?? 0;

    /// <summary>The contribution of each cluster to d, for <see cref="SignFlip.ComputeByCluster"/>; null without clusters.</summary>
    public IReadOnlyList<double>? ClusterValues { get; init; }

    /// <summary>Compares two submissions.</summary>
    /// <remarks>
    /// The interval is d ± 1.96 sqrt(V). Per image, V = sum (b_k + c_k + 1 - (b_k - c_k)²/(n_k + 2)) / ((n_k + 2) K')²: the
    /// variance of a difference of paired proportions with half an image added to b_k and c_k (Agresti and Min, "Simple
    /// improved confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005). By cluster it is
    /// also at least d ± t sqrt(V), with V of <see cref="ClusterLayout"/> and t Student's quantile for its degrees of freedom.
    /// </remarks>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">Predictions of the first submission.</param>
    /// <param name="second">Predictions of the second submission.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the images; null for independent images.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public static PairedComparison Compute(
        ReadOnlySpan<ushort> actual,
        ReadOnlySpan<ushort> first,
        ReadOnlySpan<ushort> second,
        int classCount,
        Clusters? clusters = null
    )
    {
        var map = new CorrectnessMap(actual, classCount);
        var (onlyFirst, onlySecond) = (new int[classCount], new int[classCount]);
        map.Count(map.Encode(first), map.Encode(second), onlyFirst, onlySecond);
        var layout = clusters is null ? null : new ClusterLayout(actual, classCount, clusters);
        var more = layout is null ? [] : layout.CountDifference(first, second);
        var values = layout?.ComputeContributions(more);
        var variances = new RankingDifference(
            PairTest.ComputeDifference(map, onlyFirst, onlySecond),
            PairTest.ComputeVariance(map, onlyFirst, onlySecond),
            layout?.ComputeVariance(layout.ComputeDeviations(more)),
            PairTest.ComputeDiscordance(map, onlyFirst, onlySecond)
        );
        var flips = values is null ? PairTest.Compute(map, onlyFirst, onlySecond).P : SignFlip.ComputeByCluster(values);
        var p = variances.ByCluster is null ? Math.Max(flips, variances.P) : variances.P;
        return new PairedComparison
        {
            Difference = variances.Value,
            Interval = variances.ComputeInterval(p),
            P = p,
            SignFlipP = flips,
            Unit = clusters?.Kind ?? "image",
            OnlyFirst = onlyFirst,
            OnlySecond = onlySecond,
            Variances = variances,
            ClusterValues = values,
            McNemar = Binomial.McNemar(onlyFirst.Sum(), onlySecond.Sum()),
            McNemarMidP = Binomial.McNemarMidP(onlyFirst.Sum(), onlySecond.Sum()),
        };
    }
}
