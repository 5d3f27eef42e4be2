using Coos.Evaluator.Disclosures;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Statistics;

/// <summary>
/// The labels of a board's ranking splits, laid out for fast tests of all pairs of submissions. A submission is encoded once,
/// as one bit per image and one number per cluster; a pair then takes microseconds.
/// </summary>
public sealed class RankingLayout : IRankingLayout
{
    private readonly CorrectnessMap[] _maps;
    private readonly ClusterLayout[]? _clusters;
    private readonly IReadOnlyList<SplitPart>? _parts;
    private readonly double[] _shares;

    // Whether each class of each split has two clusters; otherwise only whole clusters can be flipped.
    private readonly bool _hasVariance;

    /// <summary>Creates the layout of the splits.</summary>
    /// <param name="splits">The labels of all ranking splits.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    /// <param name="shares">The share of each split in the mean; all alike by default.</param>
    public RankingLayout(IReadOnlyList<SplitLabels> splits, int classCount, string? cluster, IReadOnlyList<double>? shares = null)
    {
        ArgumentNullException.ThrowIfNull(splits);
        _shares = [.. shares ?? [.. splits.Select(_ => 1.0 / splits.Count)]];
        _maps = [.. splits.Select(s => new CorrectnessMap(s.Classes, classCount))];
        Clusters?[] clusters = [.. splits.Select(s => Clusters.Outermost(s, cluster))];
        if (clusters.All(c => c is not null))
        {
            _clusters = [.. splits.Select((s, i) => new ClusterLayout(s.Classes, classCount, clusters[i]!))];
        }

        _hasVariance = _clusters?.All(c => c.MinClusterCount > 1) ?? false;
        Units = _clusters is null ? splits.Sum(s => s.Classes.Length) : clusters.Sum(c => c!.Count);
        AreOfThesePlatesOnly = _clusters is not null && clusters.Any(c => c!.AreOfThesePlatesOnly);
        Unit = _clusters is null ? "image" : Clusters.DescribeUnit(clusters!);
    }

    /// <summary>
    /// Creates the layout of parts of the splits. <see cref="Encode(IReadOnlyList{PredictionSet})"/> selects their predictions.
    /// </summary>
    /// <param name="parts">The part of each ranking split.</param>
    /// <param name="classCount">K, the number of classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>; used only if the labels of all splits have it.</param>
    /// <param name="shares">The share of each split in the mean; all alike by default.</param>
    public RankingLayout(IReadOnlyList<SplitPart> parts, int classCount, string? cluster, IReadOnlyList<double>? shares = null)
        : this([.. parts.Select(p => p.Labels)], classCount, cluster, shares) => _parts = parts;

    /// <inheritdoc/>
    public bool NeedsProbabilities => false;

    /// <inheritdoc/>
    public string Unit { get; }

    /// <inheritdoc/>
    public bool AreOfThesePlatesOnly { get; }

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public EncodedPredictions Encode(IReadOnlyList<PredictionSet> predictions) => Encode([.. predictions.Select(p => p.Classes)]);

    /// <summary>Encodes the predictions of a submission for the tests.</summary>
    /// <param name="predicted">The predictions of each split, in the order of the splits; of all its images.</param>
    public EncodedPredictions Encode(IReadOnlyList<ushort[]> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        predicted = _parts is null ? predicted : [.. predicted.Select((p, i) => _parts[i].Select(p))];
        return new EncodedPredictions(
            [.. _maps.Select((map, i) => map.Encode(predicted[i]))],
            _clusters is null ? [] : [.. _clusters.Select((layout, i) => EncodeClusters(layout, layout.CountCorrect(predicted[i])))]
        );
    }

    /// <inheritdoc/>
    public ScreenedPair Screen(EncodedPredictions first, EncodedPredictions second)
    {
        var counts = CountDiscordant(first, second);
        var difference = Compare(counts, first, second);
        if (_clusters is not null)
        {
            return new ScreenedPair(ComputeP(counts, difference, first, second), true);
        }

        var (flips, variance, largest) = (0, 0.0, 0.0);
        foreach (var (split, (map, onlyFirst, onlySecond)) in counts.Index())
        {
            for (var k = 0; k < onlyFirst.Length; k++)
            {
                var count = onlyFirst[k] + onlySecond[k];
                if (count > 0)
                {
                    var weight = _shares[split] / ((double)map.ClassImages[k] * map.Present);
                    flips += count;
                    variance += count * weight * weight;
                    largest = Math.Max(largest, weight);
                }
            }
        }

        return ScreenedPair.Compute(flips, largest, variance, difference);
    }

    /// <summary>
    /// Computes the p of a pair: by cluster that of <see cref="Compare(EncodedPredictions, EncodedPredictions)"/>; for independent images,
    /// or if a class has only one cluster, the larger of that and of the sign flips of <see cref="RankingTest"/>.
    /// </summary>
    public double ComputeP(EncodedPredictions first, EncodedPredictions second)
    {
        var counts = CountDiscordant(first, second);
        return ComputeP(counts, Compare(counts, first, second), first, second);
    }

    /// <inheritdoc/>
    public RankingDifference Compare(EncodedPredictions first, EncodedPredictions second) =>
        Compare(CountDiscordant(first, second), first, second);

    private double ComputeP(
        (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond)[] counts,
        RankingDifference difference,
        EncodedPredictions first,
        EncodedPredictions second
    )
    {
        if (_hasVariance)
        {
            return difference.P;
        }

        var flips = _clusters is null
            ? RankingTest.ComputeByImage(counts, _shares)
            : RankingTest.ComputeByCluster(
                [.. first.Clusters.Zip(second.Clusters, (a, b) => a.Zip(b, (u, v) => u - v).ToArray())],
                _shares
            );
        return Math.Max(difference.P, flips.P);
    }

    private RankingDifference Compare(
        (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond)[] counts,
        EncodedPredictions first,
        EncodedPredictions second
    )
    {
        var (value, variance, discordance) = (0.0, 0.0, 0.0);
        ClusterVariance[] terms = _hasVariance ? new ClusterVariance[_maps.Length] : [];
        for (var split = 0; split < _maps.Length; split++)
        {
            var (map, onlyFirst, onlySecond) = counts[split];
            value += PairTest.ComputeDifference(map, onlyFirst, onlySecond) * _shares[split];
            variance += PairTest.ComputeVariance(map, onlyFirst, onlySecond) * _shares[split] * _shares[split];
            discordance += PairTest.ComputeDiscordance(map, onlyFirst, onlySecond) * _shares[split];
            if (_hasVariance)
            {
                terms[split] = ComputeVariance(_clusters![split], first.Clusters[split], second.Clusters[split]).Scale(_shares[split]);
            }
        }

        return new RankingDifference(value, variance, terms.Length > 0 ? ClusterVariance.Sum(terms) : null, discordance);
    }

    private double[] EncodeClusters(ClusterLayout layout, int[] correct) =>
        _hasVariance ? layout.ComputeDeviations(correct) : layout.ComputeContributions(correct);

    private static ClusterVariance ComputeVariance(ClusterLayout layout, double[] first, double[] second)
    {
        Span<double> deviations = first.Length <= 1024 ? stackalloc double[first.Length] : new double[first.Length];
        for (var g = 0; g < first.Length; g++)
        {
            deviations[g] = first[g] - second[g];
        }

        return layout.ComputeVariance(deviations)!.Value;
    }

    private (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond)[] CountDiscordant(EncodedPredictions first, EncodedPredictions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var counts = new (CorrectnessMap Map, int[] OnlyFirst, int[] OnlySecond)[_maps.Length];
        for (var split = 0; split < counts.Length; split++)
        {
            var (map, classes) = (_maps[split], _maps[split].ClassImages.Count);
            counts[split] = (map, new int[classes], new int[classes]);
            map.Count(first.Bits[split], second.Bits[split], counts[split].OnlyFirst, counts[split].OnlySecond);
        }

        return counts;
    }
}
