using Coos.Evaluator.Statistics;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Mixes;

/// <summary>
/// The labels of a split, divided into cells: the images of one class in one cluster. The mistakes of an entry per cell are enough
/// for its weighted error, interval and tests under any mix, so predictions are counted once.
/// </summary>
/// <remarks>
/// Without clusters, or if a class has only one, images count as independent. Each class is then divided at random, with a fixed
/// seed, into at most 64 groups, which take the place of clusters in tests (random groups; Wolter, "Introduction to Variance
/// Estimation", 2007, chapter 2).
/// </remarks>
public sealed class MixSplit
{
    /// <summary>The <see cref="Unit"/> of a split without clusters.</summary>
    public const string Image = "image";

    private const int MaximumGroups = 64;
    private const ulong Seed = 86;
    private const int LargestScratch = 1 << 18;

    private readonly ushort[] _actual;
    private readonly int[] _cellOfImage;

    private MixSplit(ushort[] actual, int classCount, int[] clusters, string unit)
    {
        _actual = actual;
        Unit = unit;
        ClassImages = CountClasses(actual, classCount);
        var known = new Clusters(unit, clusters, clusters.DefaultIfEmpty(-1).Max() + 1);
        var divided = ImageCells.Divide(actual, classCount, clusters, known.Count);
        _cellOfImage = divided.OfImage;
        CellClusters = [.. divided.Cells.Select(c => c.Cluster)];
        CellClasses = [.. divided.Cells.Select(c => (ushort)c.Class)];
        CellImages = [.. divided.Cells.Select(c => c.Images)];
        var strata = ClusterStrata.Find(actual, classCount, known);
        ClassStrata = new int[classCount];
        StratumClusters = strata.Sizes;
        for (var i = 0; i < actual.Length; i++)
        {
            ClassStrata[actual[i]] = strata.OfCluster[clusters[i]];
        }
    }

    /// <summary>What counts as independent: "image", or the benchmark's cluster such as "well".</summary>
    public string Unit { get; }

    /// <summary>n_k, the number of images of each class.</summary>
    public IReadOnlyList<int> ClassImages { get; }

    /// <summary>The cluster of each cell; cells are sorted by it.</summary>
    internal int[] CellClusters { get; }

    /// <summary>The class of each cell.</summary>
    internal ushort[] CellClasses { get; }

    /// <summary>The number of images of each cell.</summary>
    internal int[] CellImages { get; }

    /// <summary>The stratum of each class: classes that share clusters, or are linked by such classes, have the same.</summary>
    internal int[] ClassStrata { get; }

    /// <summary>The number of clusters of each stratum.</summary>
    internal IReadOnlyList<int> StratumClusters { get; }

    /// <summary>Divides a split into cells.</summary>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    public static MixSplit Create(SplitLabels labels, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Clusters.Outermost(labels, cluster) is { } clusters
            ? Create(labels.Classes, classCount, clusters)
            : new MixSplit(labels.Classes, classCount, DrawGroups(labels.Classes, classCount), Image);
    }

    /// <summary>Divides a split into cells of the given clusters, or of groups of images if a class has only one cluster.</summary>
    /// <param name="actual">True class indices, each below <paramref name="classCount"/>.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="clusters">The clusters of the same images.</param>
    public static MixSplit Create(ushort[] actual, int classCount, Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentOutOfRangeException.ThrowIfNotEqual(clusters.Ids.Length, actual.Length, nameof(clusters));
        var own = new MixSplit(actual, classCount, clusters.Ids, clusters.Kind);
        return own.CellClasses.CountBy(k => k).All(c => c.Value > 1)
            ? own
            : new MixSplit(actual, classCount, DrawGroups(actual, classCount), Image);
    }

    /// <summary>Counts the mistakes of an entry by cell.</summary>
    /// <param name="predicted">One class per image of the split.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public MistakeCounts Count(ReadOnlySpan<ushort> predicted)
    {
        if (predicted.Length != _actual.Length)
        {
            throw new ArgumentException(
                $"{_actual.Length} labels and {predicted.Length} predictions; the numbers must be equal.",
                nameof(predicted)
            );
        }

        return (long)CellImages.Length * ClassImages.Count <= LargestScratch ? CountInTable(predicted) : CountSorted(predicted);
    }

    private MistakeCounts CountInTable(ReadOnlySpan<ushort> predicted)
    {
        var classes = ClassImages.Count;
        var table = new int[CellImages.Length * classes];
        for (var i = 0; i < predicted.Length; i++)
        {
            if (predicted[i] != _actual[i])
            {
                table[(_cellOfImage[i] * classes) + predicted[i]]++;
            }
        }

        var starts = new int[CellImages.Length + 1];
        var (names, counts) = (new List<ushort>(), new List<int>());
        for (var key = 0; key < table.Length; key++)
        {
            if (table[key] > 0)
            {
                names.Add((ushort)(key % classes));
                counts.Add(table[key]);
            }

            starts[(key / classes) + 1] = counts.Count;
        }

        return new MistakeCounts(starts, [.. names], [.. counts]);
    }

    /// <summary>The same for so many cells and classes that a table would be mostly empty.</summary>
    private MistakeCounts CountSorted(ReadOnlySpan<ushort> predicted)
    {
        var wrong = new List<long>();
        for (var i = 0; i < predicted.Length; i++)
        {
            if (predicted[i] != _actual[i])
            {
                wrong.Add(((long)_cellOfImage[i] << 16) + predicted[i]);
            }
        }

        wrong.Sort();
        var starts = new int[CellImages.Length + 1];
        var (names, counts) = (new List<ushort>(), new List<int>());
        for (var i = 0; i < wrong.Count; i++)
        {
            if (i > 0 && wrong[i] == wrong[i - 1])
            {
                counts[^1]++;
                continue;
            }

            names.Add((ushort)wrong[i]);
            counts.Add(1);
            starts[(int)(wrong[i] >> 16) + 1]++;
        }

        for (var cell = 0; cell < CellImages.Length; cell++)
        {
            starts[cell + 1] += starts[cell];
        }

        return new MistakeCounts(starts, [.. names], [.. counts]);
    }

    /// <summary>Divides the images of each class into groups of nearly one size; a group has images of one class only.</summary>
    private static int[] DrawGroups(ushort[] actual, int classCount)
    {
        var groups = new int[actual.Length];
        var images = CountClasses(actual, classCount);
        var order = Enumerable.Range(0, actual.Length).ToArray();
        var mix = new SplitMix(Seed << 32);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = mix.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        var (next, first) = (new int[classCount], new int[classCount]);
        for (var k = 1; k < classCount; k++)
        {
            first[k] = first[k - 1] + Math.Min(MaximumGroups, images[k - 1]);
        }

        foreach (var i in order)
        {
            var k = actual[i];
            groups[i] = first[k] + (next[k]++ % Math.Min(MaximumGroups, images[k]));
        }

        return groups;
    }

    private static int[] CountClasses(ushort[] actual, int classCount)
    {
        var images = new int[classCount];
        foreach (var k in actual)
        {
            images[k]++;
        }

        return images;
    }
}
