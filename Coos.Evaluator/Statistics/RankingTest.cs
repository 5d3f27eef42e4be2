namespace Coos.Evaluator.Statistics;

/// <summary>The paired test of a ranking metric that is the mean balanced error over several splits.</summary>
/// <remarks>
/// The difference is the mean of the splits' differences; the signs of all discordant images, or clusters, of all splits
/// flip at once. Splits are independent: they share no image and no well.
/// </remarks>
public static class RankingTest
{
    /// <summary>Computes the test for independent images, from the discordant counts of each split.</summary>
    /// <param name="splits">The layout and counts of each ranking split.</param>
    /// <param name="shares">The share of each split in the mean; all alike by default.</param>
    public static PairTest ComputeByImage(
        IReadOnlyList<(CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond)> splits,
        IReadOnlyList<double>? shares = null
    )
    {
        ArgumentNullException.ThrowIfNull(splits);
        List<int> flips = [];
        List<double> weights = [];
        var difference = 0.0;
        foreach (var (split, (map, first, second)) in splits.Index())
        {
            for (var k = 0; k < first.Length; k++)
            {
                if (first[k] + second[k] > 0)
                {
                    var weight = Share(shares, split, splits.Count) / ((double)map.ClassImages[k] * map.Present);
                    flips.Add(first[k] + second[k]);
                    weights.Add(weight);
                    difference += (first[k] - second[k]) * weight;
                }
            }
        }

        return new PairTest(difference, SignFlip.ComputeByImage([.. flips], [.. weights], difference));
    }

    /// <summary>Computes the test by cluster, from the contribution of each cluster to the difference of its split.</summary>
    /// <param name="splits">The <see cref="PairedComparison.ClusterValues"/> of each ranking split.</param>
    /// <param name="shares">The share of each split in the mean; all alike by default.</param>
    public static PairTest ComputeByCluster(IReadOnlyList<IReadOnlyList<double>> splits, IReadOnlyList<double>? shares = null)
    {
        ArgumentNullException.ThrowIfNull(splits);
        double[] values = [.. splits.SelectMany((s, split) => s.Select(v => v * Share(shares, split, splits.Count)))];
        return new PairTest(values.Sum(), SignFlip.ComputeByCluster(values));
    }

    private static double Share(IReadOnlyList<double>? shares, int split, int splits) => shares?[split] ?? 1.0 / splits;
}
