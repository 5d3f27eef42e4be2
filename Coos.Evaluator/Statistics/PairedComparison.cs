namespace Coos.Evaluator.Statistics;

/// <summary>Two submissions on one split, image by image.</summary>
public sealed record PairedComparison
{
    /// <summary>d = (1/K') sum (b_k - c_k) / n_k: by how much the first's balanced error is lower, -1..1.</summary>
    public required double Difference { get; init; }

    /// <summary>Its 95% interval.</summary>
    public required Interval Interval { get; init; }

    /// <summary>The two-sided p of no difference, a mid-p: see <see cref="SignFlip"/>.</summary>
    public required double P { get; init; }

    /// <summary>The unit whose signs were flipped: "image", "well" or "plate".</summary>
    public required string Unit { get; init; }

    /// <summary>b_k, per class the images that only the first is right about.</summary>
    public required IReadOnlyList<int> OnlyFirst { get; init; }

    /// <summary>c_k, per class the images that only the second is right about.</summary>
    public required IReadOnlyList<int> OnlySecond { get; init; }

    /// <summary>The exact p of McNemar's test of plain accuracy, images taken as independent.</summary>
    public required double McNemar { get; init; }

    /// <summary>The same with the mid-p, which is less cautious where few images are discordant.</summary>
    public required double McNemarMidP { get; init; }

    /// <summary>Whether the interval is by cluster too: every present class has two clusters or more. Else it is per image.</summary>
    public required bool HasClusterInterval { get; init; }

    /// <summary>What each cluster adds to d, for <see cref="SignFlip.OfClusters"/>; null where images count alone.</summary>
    public IReadOnlyList<double>? ClusterValues { get; init; }

    /// <summary>Compares two submissions.</summary>
    /// <remarks>
    /// The interval is d ± 1.96 sqrt(V). Per image V = sum (b_k + c_k + 1 - (b_k - c_k)²/(n_k + 2)) / ((n_k + 2) K')², the
    /// variance of a difference of paired proportions with half an image added to b_k and c_k (Agresti and Min, "Simple
    /// improved confidence intervals for comparing matched proportions", Statistics in Medicine 24, 2005); by cluster it is
    /// at least as wide as t sqrt(V) of the variance between clusters, with the t of its degrees of freedom: see <see cref="PairedCells.Variance"/>
    /// and <see cref="ClusterVariance.OfMean"/>.
    /// </remarks>
    /// <param name="actual">True class indices.</param>
    /// <param name="first">The first's predictions.</param>
    /// <param name="second">The second's predictions.</param>
    /// <param name="classCount">K.</param>
    /// <param name="clusters">Clusters of the images; null takes images for independent.</param>
    public static PairedComparison Of(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int classCount, Clusters? clusters = null)
    {
        var map = new CorrectnessMap(actual, classCount);
        var (onlyFirst, onlySecond) = (new int[classCount], new int[classCount]);
        map.Count(map.Bits(first), map.Bits(second), onlyFirst, onlySecond);
        var images = PairTest.Of(map, onlyFirst, onlySecond);
        var cells = clusters is null ? null : new PairedCells(actual, first, second, classCount, clusters);
        var values = cells?.Values(map);
        var byCluster = cells is null ? null : ClusterVariance.OfMean([.. Enumerable.Range(0, classCount).Where(k => map.ClassImages[k] > 0).Select(cells.Variance)]);
        var half = Math.Max(Wilson.Normal975 * Math.Sqrt(PairTest.Variance(map, onlyFirst, onlySecond)), byCluster?.HalfWidth ?? 0);
        return new PairedComparison
        {
            Difference = images.Difference,
            Interval = new Interval(Math.Max(-1, images.Difference - half), Math.Min(1, images.Difference + half)),
            P = values is null ? images.P : SignFlip.OfClusters(values),
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
