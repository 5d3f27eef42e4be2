using Coos.Evaluator.Disclosures;
using Coos.Shared.Labels;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The labels of a board's ranking splits, laid out for fast tests of all pairs of submissions. A submission is encoded once,
/// as one bit per image or one count per cell of the clusters; a pair then takes microseconds.
/// </summary>
public sealed class RankingLayout
{
    private readonly CorrectnessMap[] _maps;
    private readonly ClusterCells[]? _cells;
    private readonly IReadOnlyList<SplitPart>? _parts;

    /// <summary>Creates the layout of the splits.</summary>
    /// <param name="splits">The labels of all ranking splits.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    public RankingLayout(IReadOnlyList<SplitLabels> splits, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(splits);
        _maps = [.. splits.Select(s => new CorrectnessMap(s.Classes, classCount))];
        Clusters?[] clusters = [.. splits.Select(s => Clusters.From(s, cluster))];
        if (clusters.All(c => c is not null))
        {
            _cells = [.. splits.Select((s, i) => new ClusterCells(s.Classes, _maps[i], clusters[i]!))];
        }

        Units = _cells is null ? splits.Sum(s => s.Classes.Length) : clusters.Sum(c => c!.Count);

        Unit = _cells is null ? "image" : cluster!;
    }

    /// <summary>Creates the layout of parts of the splits. <see cref="Encode"/> selects their predictions.</summary>
    /// <param name="parts">The part of each ranking split.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    public RankingLayout(IReadOnlyList<SplitPart> parts, int classCount, string? cluster)
        : this([.. parts.Select(p => p.Labels)], classCount, cluster) => _parts = parts;

    /// <summary>The unit of the sign flips: "image", "well" or "plate".</summary>
    public string Unit { get; }

    /// <summary>The number of units in all splits: with n units, p is at least 1/2^n.</summary>
    public int Units { get; }

    /// <summary>Encodes the predictions of a submission for the tests.</summary>
    /// <param name="predicted">The predictions of each split, in the order of the splits; of all its images.</param>
    public EncodedPredictions Encode(IReadOnlyList<byte[]> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        predicted = _parts is null ? predicted : [.. predicted.Select((p, i) => _parts[i].Select(p))];
        return _cells is null
            ? new EncodedPredictions([.. _maps.Select((map, i) => map.Encode(predicted[i]))], [])
            : new EncodedPredictions([], [.. _cells.Select((cells, i) => cells.CountCorrect(predicted[i]))]);
    }

    /// <summary>Screens a pair with a fast bound of its p.</summary>
    public ScreenedPair Screen(EncodedPredictions first, EncodedPredictions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (flips, difference, variance) = (0, 0.0, 0.0);
        for (var split = 0; split < _maps.Length; split++)
        {
            var (n, d, v) = _cells is null
                ? ComputeSums(split, first, second)
                : _cells[split].ComputeSums(first.Cells[split], second.Cells[split]);
            flips += n;
            difference += d / _maps.Length;
            variance += v / ((double)_maps.Length * _maps.Length);
        }

        return ScreenedPair.Compute(flips, difference, variance);
    }

    /// <summary>
    /// Computes the p of a pair: that of <see cref="RankingTest"/>, or the bound of <see cref="Screen"/> if it is smaller.
    /// </summary>
    public double ComputeP(EncodedPredictions first, EncodedPredictions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var test = _cells is null
            ? RankingTest.ComputeByImage([.. _maps.Select((map, i) => CountDiscordant(map, first.Bits[i], second.Bits[i]))])
            : RankingTest.ComputeByCluster([.. _cells.Select((cells, i) => cells.ComputeValues(first.Cells[i], second.Cells[i]))]);
        return Math.Min(test.P, Screen(first, second).P);
    }

    private (int Flips, double Difference, double Variance) ComputeSums(int split, EncodedPredictions first, EncodedPredictions second)
    {
        var (map, onlyFirst, onlySecond) = CountDiscordant(_maps[split], first.Bits[split], second.Bits[split]);
        var (flips, difference, variance) = (0, 0.0, 0.0);
        for (var k = 0; k < onlyFirst.Length; k++)
        {
            var weight = 1 / Math.Max(1, (double)map.ClassImages[k] * map.Present);
            flips += onlyFirst[k] + onlySecond[k];
            difference += (onlyFirst[k] - onlySecond[k]) * weight;
            variance += (onlyFirst[k] + onlySecond[k]) * weight * weight;
        }

        return (flips, difference, variance);
    }

    private static (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond) CountDiscordant(
        CorrectnessMap map,
        ulong[] first,
        ulong[] second
    )
    {
        var (onlyFirst, onlySecond) = (new int[map.ClassImages.Count], new int[map.ClassImages.Count]);
        map.Count(first, second, onlyFirst, onlySecond);
        return (map, onlyFirst, onlySecond);
    }
}
