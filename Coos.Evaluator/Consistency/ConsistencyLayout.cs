using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Consistency;

/// <summary>
/// The labels of one or several splits, laid out so that the error consistency of a pair of entries takes a microsecond. An
/// image of class k has the weight 1/(S K' n_k), with S splits, K' classes present and n_k images: each class of each split
/// counts the same, as in the mean of the balanced errors.
/// </summary>
public sealed class ConsistencyLayout
{
    private readonly IReadOnlyList<SplitPart> _parts;
    private readonly CorrectnessMap[] _maps;

    // 1/(S K' n_k) per split and class; 0 for classes without images.
    private readonly double[][] _weights;

    /// <summary>Creates the layout of splits.</summary>
    /// <param name="parts">The scored part of each split, at least one.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no split.</exception>
    public ConsistencyLayout(IReadOnlyList<SplitPart> parts, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        _parts = parts;
        _maps = [.. parts.Select(p => new CorrectnessMap(p.Labels.Classes, classCount))];
        _weights = [.. _maps.Select(map => map.ClassImages.Select(n => n == 0 ? 0 : 1.0 / parts.Count / map.Present / n).ToArray())];
        Clusters?[] clusters = [.. parts.Select(p => Statistics.Clusters.Outermost(p.Labels, cluster))];
        if (clusters.All(c => c is not null))
        {
            Clusters = clusters!;
            Strata = [.. parts.Select((p, i) => ClusterStrata.Find(p.Labels.Classes, classCount, clusters[i]!))];
        }

        ClassCount = classCount;
        Images = parts.Sum(p => p.Labels.Classes.Length);
    }

    /// <summary>The number of images of all splits.</summary>
    public int Images { get; }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The clusters of each split; null if the labels have none.</summary>
    internal IReadOnlyList<Clusters>? Clusters { get; }

    /// <summary>The strata of the clusters of each split; null if the labels have none.</summary>
    internal IReadOnlyList<ClusterStrata>? Strata { get; }

    /// <summary>The layout of each split's bits.</summary>
    internal IReadOnlyList<CorrectnessMap> Maps => _maps;

    /// <summary>The weight of an image, by split and class.</summary>
    internal IReadOnlyList<double[]> Weights => _weights;

    /// <summary>Gets the true classes of a split's images.</summary>
    internal ushort[] GetLabels(int split) => _parts[split].Labels.Classes;

    /// <summary>Encodes the predictions of an entry.</summary>
    /// <param name="predicted">One class per image of each split, in the order of the splits; of all images of the split.</param>
    public EncodedCorrectness Encode(IReadOnlyList<ushort[]> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ulong[][] bits = [.. _maps.Select((map, i) => map.Encode(_parts[i].Select(predicted[i])))];
        return new EncodedCorrectness(bits, 1 - WeighWrong(bits));
    }

    /// <summary>Computes the error consistency of two entries.</summary>
    public ErrorConsistency Compute(EncodedCorrectness first, EncodedCorrectness second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Span<int> different = stackalloc int[ClassCount];
        var disagreement = 0.0;
        for (var split = 0; split < _maps.Length; split++)
        {
            _maps[split].CountDifferent(first.Bits[split], second.Bits[split], different);
            disagreement += Weigh(split, different);
        }

        return new ErrorConsistency(first.Accuracy, second.Accuracy, 1 - disagreement);
    }

    /// <summary>The weighted share of images that at least one of the entries gets right, 0..1.</summary>
    /// <param name="entries">The entries, at least one.</param>
    public double ComputeOracle(IReadOnlyList<EncodedCorrectness> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var any = entries[0].Bits.Select(b => b.ToArray()).ToArray();
        foreach (var entry in entries.Skip(1))
        {
            for (var split = 0; split < any.Length; split++)
            {
                for (var w = 0; w < any[split].Length; w++)
                {
                    any[split][w] |= entry.Bits[split][w];
                }
            }
        }

        return 1 - WeighWrong(any);
    }

    private double WeighWrong(ulong[][] bits)
    {
        Span<int> wrong = stackalloc int[ClassCount];
        var sum = 0.0;
        for (var split = 0; split < _maps.Length; split++)
        {
            _maps[split].CountWrong(bits[split], wrong);
            sum += Weigh(split, wrong);
        }

        return sum;
    }

    private double Weigh(int split, ReadOnlySpan<int> counts)
    {
        var sum = 0.0;
        for (var k = 0; k < counts.Length; k++)
        {
            sum += counts[k] * _weights[split][k];
        }

        return sum;
    }
}
