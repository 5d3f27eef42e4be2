using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The labels of a board's ranking splits, laid out for tests by any metric: the difference of two entries varies as their deviations
/// differ, unit by unit.
/// </summary>
public sealed class MetricRankingLayout : IRankingLayout
{
    private readonly Metric _metric;
    private readonly int _classCount;
    private readonly IReadOnlyList<SplitPart> _parts;
    private readonly MetricSplit[] _splits;
    private readonly double[] _shares;

    /// <summary>Creates the layout.</summary>
    /// <param name="parts">The part of each ranking split, at least one.</param>
    /// <param name="benchmark">The benchmark.</param>
    public MetricRankingLayout(IReadOnlyList<SplitPart> parts, Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(benchmark);
        (_metric, _classCount, _parts) = (Metric.Get(benchmark.Ranking.Metric), benchmark.Classes.Count, parts);
        _splits = [.. parts.Select(p => new MetricSplit(p.Labels, _classCount, benchmark.Cluster, benchmark.Ranking))];
        _shares = [.. parts.Select((_, i) => benchmark.Ranking.Share(i))];
        var clusters = _splits.Select(s => s.Clusters).OfType<Clusters>().ToList();
        var hasClusters = clusters.Count == _splits.Length;
        Unit = hasClusters ? Clusters.DescribeUnit(clusters) : "image";
        Units = hasClusters ? clusters.Sum(c => c.Count) : _splits.Sum(s => s.Actual.Length);
        NeedsProbabilities = benchmark.Ranking.Splits.Any(s => benchmark.Ranking.FindMetricOfProbabilities(s) is not null);
        AreOfThesePlatesOnly = hasClusters && clusters.Exists(c => c.AreOfThesePlatesOnly);
    }

    /// <inheritdoc/>
    public string Unit { get; }

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public bool AreOfThesePlatesOnly { get; }

    /// <inheritdoc/>
    public bool NeedsProbabilities { get; }

    /// <summary>Creates the layout that tests by the benchmark's ranking metric.</summary>
    /// <param name="parts">The part of each ranking split, at least one.</param>
    /// <param name="benchmark">The benchmark.</param>
    public static IRankingLayout Create(IReadOnlyList<SplitPart> parts, Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(benchmark);
        return benchmark.Ranking.HasLossOfBalancedError
            ? new RankingLayout(parts, benchmark.Classes.Count, benchmark.Cluster, [.. parts.Select((_, i) => benchmark.Ranking.Share(i))])
            : new MetricRankingLayout(parts, benchmark);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The metric is not defined for the predictions of a split.</exception>
    public EncodedPredictions Encode(IReadOnlyList<PredictionSet> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        MetricEstimate[] estimates =
        [
            .. _splits.Select(
                (split, i) =>
                    _metric.Estimate(split, _parts[i].Select(predictions[i]))
                    ?? throw new ArgumentException($"{_metric.Info.Name} is not defined for {predictions[i].Split}.", nameof(predictions))
            ),
        ];
        return new EncodedPredictions(
            [.. estimates.Select(e => e.Loss)],
            [.. estimates.Select(e => UnitSketch.Compute(e.Deviations.Units))],
            estimates.All(e => e.Deviations.Clusters is not null) ? [.. estimates.Select(e => e.Deviations.Clusters!)] : []
        );
    }

    /// <inheritdoc/>
    public ScreenedPair Screen(EncodedPredictions first, EncodedPredictions second) => new(ComputeP(first, second), true);

    /// <inheritdoc/>
    public double ComputeP(EncodedPredictions first, EncodedPredictions second) => Compare(first, second).P;

    /// <inheritdoc/>
    public RankingDifference Compare(EncodedPredictions first, EncodedPredictions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (value, variance, terms) = (0.0, 0.0, new List<ClusterVariance>());
        for (var i = 0; i < _splits.Length; i++)
        {
            value += _shares[i] * (second.Losses[i] - first.Losses[i]);
            variance += _shares[i] * _shares[i] * UnitSketch.ComputeDistance(first.Units[i], second.Units[i]);
            if (first.Clusters.Length > 0 && second.Clusters.Length > 0)
            {
                double[] deviations = [.. first.Clusters[i].Zip(second.Clusters[i], (a, b) => a - b)];
                if (_metric.LayoutOf(_splits[i]).ComputeVariance(new UnitDeviations([], deviations)) is { } term)
                {
                    terms.Add(term.Scale(_shares[i]));
                }
            }
        }

        return new RankingDifference(value, variance, terms.Count == _splits.Length ? ClusterVariance.Sum(terms) : null, 0)
        {
            Bound = _metric.Info.Range,
        };
    }
}
