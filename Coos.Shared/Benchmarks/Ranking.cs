using System.Text.Json.Serialization;
using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>What the leaderboard ranks by: the mean of a metric over some splits.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Splits">The names of the splits that count.</param>
public sealed record Ranking(MetricId Metric, IReadOnlyList<string> Splits)
{
    /// <summary>k of the top-k accuracy, unless the manifest has another one.</summary>
    public const int DefaultK = 5;

    /// <summary>The percentile of the group percentile accuracy, unless the manifest has another one.</summary>
    public const int DefaultPercentile = 10;

    /// <summary>The weight of each split, above 0; null if all count alike.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The label column whose groups the metrics of groups are of; null if the benchmark has none.</summary>
    public string? Group { get; init; }

    /// <summary>k of the top-k accuracy.</summary>
    public int K { get; init; } = DefaultK;

    /// <summary>The percentile of the group percentile accuracy, 1..99.</summary>
    public int Percentile { get; init; } = DefaultPercentile;

    /// <summary>
    /// The metrics of each split of the benchmark and their shares, if splits that rank have several; null otherwise. A split that does
    /// not rank has the mean of those that do.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MetricShare>>? Mixture { get; init; }

    /// <summary>All metrics of the mixture; empty without one.</summary>
    [JsonIgnore]
    public IEnumerable<MetricId> MixedMetrics => Mixture is null ? [] : Mixture.Values.SelectMany(m => m).Select(m => m.Metric).Distinct();

    /// <summary>Finds the metric that needs probabilities of a split's predictions; null if none does.</summary>
    /// <param name="split">The split.</param>
    public MetricInfo? FindMetricOfProbabilities(string split) =>
        Mixture is null
            ? (Info.NeedsProbabilities ? Info : null)
            : Mixture.GetValueOrDefault(split)?.Select(m => MetricInfo.Get(m.Metric)).FirstOrDefault(m => m.NeedsProbabilities);

    /// <summary>The metric's description.</summary>
    [JsonIgnore]
    public MetricInfo Info => MetricInfo.Get(Metric);

    /// <summary>Whether it ranks by the balanced error.</summary>
    [JsonIgnore]
    public bool IsByBalancedError => Metric == MetricId.BalancedError;

    /// <summary>Whether its loss is the balanced error: it ranks by the balanced error or the balanced accuracy.</summary>
    [JsonIgnore]
    public bool HasLossOfBalancedError => Metric is MetricId.BalancedError or MetricId.BalancedAccuracy;

    /// <summary>The share of a split in the mean; all shares sum to 1.</summary>
    /// <param name="index">The position of the split in <see cref="Splits"/>.</param>
    public double Share(int index) => Weights is { } weights ? weights[index] / weights.Sum() : 1.0 / Splits.Count;
}
