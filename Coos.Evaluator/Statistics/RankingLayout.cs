using Coos.Shared.Labels;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The labels of a board's ranking splits, laid out so that all pairs of its submissions are tested fast: a submission
/// becomes a bit an image, or where clusters are known a count a cluster, once; a pair then costs microseconds.
/// </summary>
public sealed class RankingLayout
{
    private readonly CorrectnessMap[] _maps;
    private readonly ClusterCells[]? _cells;

    /// <summary>Lays the splits out.</summary>
    /// <param name="splits">The labels of every ranking split.</param>
    /// <param name="classCount">K.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; counts where every one of the splits names it.</param>
    public RankingLayout(IReadOnlyList<SplitLabels> splits, int classCount, string? cluster)
    {
        ArgumentNullException.ThrowIfNull(splits);
        _maps = [.. splits.Select(s => new CorrectnessMap(s.Classes, classCount))];
        Clusters?[] clusters = [.. splits.Select(s => Clusters.Of(s, cluster))];
        if (clusters.All(c => c is not null))
        {
            _cells = [.. splits.Select((s, i) => new ClusterCells(s.Classes, _maps[i], clusters[i]!))];
        }

        Units = _cells is null ? splits.Sum(s => s.Classes.Length) : clusters.Sum(c => c!.Count);

        Unit = _cells is null ? "image" : cluster!;
    }

    /// <summary>The unit whose signs are flipped: "image", "well" or "plate".</summary>
    public string Unit { get; }

    /// <summary>How many of them all splits have: n of them give a p of 1/2^n at least.</summary>
    public int Units { get; }

    /// <summary>What the tests need of a submission.</summary>
    /// <param name="predicted">Its predictions of each split, in the order of the splits.</param>
    public RankingEvidence Evidence(IReadOnlyList<byte[]> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        return _cells is null
            ? new RankingEvidence([.. _maps.Select((map, i) => map.Bits(predicted[i]))], [])
            : new RankingEvidence([], [.. _cells.Select((cells, i) => cells.Right(predicted[i]))]);
    }

    /// <summary>Judges a pair by what is cheap.</summary>
    public ScreenedPair Screen(RankingEvidence first, RankingEvidence second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (flips, difference, variance) = (0, 0.0, 0.0);
        for (var split = 0; split < _maps.Length; split++)
        {
            var (n, d, v) = _cells is null ? Images(split, first, second) : _cells[split].Sum(first.Cells[split], second.Cells[split]);
            flips += n;
            difference += d / _maps.Length;
            variance += v / ((double)_maps.Length * _maps.Length);
        }

        return ScreenedPair.Of(flips, difference, variance);
    }

    /// <summary>The p of a pair, <see cref="RankingTest"/>'s or the bound of <see cref="Screen"/> where that is smaller.</summary>
    public double P(RankingEvidence first, RankingEvidence second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var test = _cells is null
            ? RankingTest.OfImages([.. _maps.Select((map, i) => Count(map, first.Bits[i], second.Bits[i]))])
            : RankingTest.OfClusters([.. _cells.Select((cells, i) => cells.Values(first.Cells[i], second.Cells[i]))]);
        return Math.Min(test.P, Screen(first, second).P);
    }

    private (int Flips, double Difference, double Variance) Images(int split, RankingEvidence first, RankingEvidence second)
    {
        var (map, onlyFirst, onlySecond) = Count(_maps[split], first.Bits[split], second.Bits[split]);
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

    private static (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond) Count(CorrectnessMap map, ulong[] first, ulong[] second)
    {
        var (onlyFirst, onlySecond) = (new int[map.ClassImages.Count], new int[map.ClassImages.Count]);
        map.Count(first, second, onlyFirst, onlySecond);
        return (map, onlyFirst, onlySecond);
    }
}
