using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Mixes;

/// <summary>
/// Splits under a mix of classes and costs, laid out to score many entries and to test all pairs of them. The score is the mean of
/// the splits' weighted errors; a split's weights are normalised over the classes that it has images of.
/// </summary>
public sealed class MixLayout
{
    /// <summary>The position of a cell whose class has no weight, or no cluster to compare it with.</summary>
    internal const int Nowhere = -1;

    /// <summary>Creates the layout.</summary>
    /// <param name="splits">The splits, at least one.</param>
    /// <param name="mix">The weights and costs.</param>
    /// <exception cref="ArgumentException">A split has no image of a class with a weight.</exception>
    public MixLayout(IReadOnlyList<MixSplit> splits, ClassMix mix)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentNullException.ThrowIfNull(mix);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count, nameof(splits));
        (Splits, Mix) = (splits, mix);
        var (weights, positions, strata) = (new double[splits.Count][], new int[splits.Count][], new List<MixStratum>());
        for (var s = 0; s < splits.Count; s++)
        {
            weights[s] = Normalise(splits[s], mix, splits.Count);
            positions[s] = Place(splits[s], weights[s], strata);
        }

        (Weights, Positions, Strata) = (weights, positions, strata);
        LargestError = splits.Select((split, s) => Sum(k => split.ClassImages[k] > 0 ? weights[s][k] * mix.LargestCost(k) : 0)).Sum();
        LeastVariance = splits.Select((split, s) => Sum(k => ComputeLeastVariance(split, s, k))).Sum();
    }

    /// <summary>The splits.</summary>
    public IReadOnlyList<MixSplit> Splits { get; }

    /// <summary>The weights and costs.</summary>
    public ClassMix Mix { get; }

    /// <summary>What counts as independent: "well", "plate" or both if every split has clusters, otherwise "image".</summary>
    public string Unit =>
        Splits.Any(s => s.Unit == MixSplit.Image) ? MixSplit.Image : Statistics.Clusters.DescribeUnit(Splits.Select(s => s.Unit));

    /// <summary>The weighted error of an entry that makes the most expensive mistake with every image: 1 if each mistake costs 1.</summary>
    public double LargestError { get; }

    /// <summary>The weight of each class of each split in the score; the weights of all splits add up to 1.</summary>
    internal double[][] Weights { get; }

    /// <summary>The place of each cell's cluster among the values of <see cref="MixedScore"/>, or <see cref="Nowhere"/>.</summary>
    internal int[][] Positions { get; }

    /// <summary>The strata of the clusters, one after the other.</summary>
    internal IReadOnlyList<MixStratum> Strata { get; }

    /// <summary>The number of clusters with images of classes with a weight.</summary>
    internal int Clusters => Strata.Count == 0 ? 0 : Strata[^1].End;

    /// <summary>
    /// What is added to the variance of every difference: one more discordant image, spread over the classes by weight. Without it,
    /// differences that are equal in all clusters would have no variance.
    /// </summary>
    internal double LeastVariance { get; }

    /// <summary>Scores an entry.</summary>
    /// <param name="mistakes">Its mistakes on each split, in the order of <see cref="Splits"/>.</param>
    public MixedScore Score(IReadOnlyList<MistakeCounts> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(mistakes.Count, Splits.Count, nameof(mistakes));
        return new MixedScore(this, mistakes);
    }

    private double Sum(Func<int, double> ofClass) => Enumerable.Range(0, Mix.ClassCount).Sum(ofClass);

    private double ComputeLeastVariance(MixSplit split, int s, int k)
    {
        var images = split.ClassImages[k];
        if (images == 0 || Weights[s][k] == 0)
        {
            return 0;
        }

        // A class with one image has no variance between clusters; two entries differ on it by at most the cost of a mistake.
        var step = Weights[s][k] * Mix.LargestCost(k) / (images + 2.0);
        return images == 1 ? Math.Pow(Weights[s][k] * Mix.LargestCost(k), 2) / 2 : Weights[s][k] * Splits.Count * step * step;
    }

    private static double[] Normalise(MixSplit split, ClassMix mix, int splits)
    {
        double[] weights = [.. split.ClassImages.Select((n, k) => n > 0 ? mix.Weight(k) : 0)];
        var sum = weights.Sum();
        return sum > 0
            ? [.. weights.Select(w => w / sum / splits)]
            : throw new ArgumentException("A split has no image of a class with a weight.", nameof(split));
    }

    /// <summary>Finds the strata of the clusters that hold classes with a weight, and the place of each cell's cluster.</summary>
    private static int[] Place(MixSplit split, double[] weights, List<MixStratum> strata)
    {
        int[] used = [.. Enumerable.Range(0, split.CellClasses.Length).Where(cell => weights[split.CellClasses[cell]] > 0)];
        var known = new Dictionary<int, int>();
        int[] ids = [.. used.Select(cell => Number(known, split.CellClusters[cell]))];
        ushort[] classes = [.. used.Select(cell => split.CellClasses[cell])];
        var found = ClusterStrata.Find(classes, weights.Length, new Clusters(split.Unit, ids, known.Count));
        var (places, first) = (new int[known.Count], strata.Count == 0 ? 0 : strata[^1].End);
        foreach (var stratum in Enumerable.Range(0, known.Count).GroupBy(id => found.OfCluster[id]).OrderBy(g => g.Key))
        {
            int[] members = [.. stratum];
            foreach (var (i, id) in members.Index())
            {
                places[id] = members.Length > 1 ? first + i : Nowhere;
            }

            if (members.Length > 1)
            {
                strata.Add(new MixStratum(first, first + members.Length));
                first += members.Length;
            }
        }

        var positions = new int[split.CellClasses.Length];
        Array.Fill(positions, Nowhere);
        foreach (var (i, cell) in used.Index())
        {
            positions[cell] = places[ids[i]];
        }

        return positions;
    }

    private static int Number(Dictionary<int, int> known, int cluster)
    {
        if (!known.TryGetValue(cluster, out var id))
        {
            known[cluster] = id = known.Count;
        }

        return id;
    }
}

/// <summary>A stratum of clusters: a range of the values of <see cref="MixedScore"/>.</summary>
/// <param name="Start">The first cluster.</param>
/// <param name="End">The one after the last cluster.</param>
internal readonly record struct MixStratum(int Start, int End)
{
    /// <summary>The degrees of freedom of its variance: the number of clusters - 1.</summary>
    public int Degrees => End - Start - 1;

    /// <summary>The root of m/(m - 1), by which values are scaled so that their squares add up to the variance.</summary>
    public double Scale => Math.Sqrt((double)(End - Start) / Degrees);
}
