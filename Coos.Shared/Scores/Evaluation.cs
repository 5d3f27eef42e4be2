using System.Text;
using System.Text.Json.Serialization;
using Coos.Shared.Metrics;

namespace Coos.Shared.Scores;

/// <summary>The report on one submission, which the evaluator returns, the database stores, and the API and pages show.</summary>
public sealed record Evaluation
{
    /// <summary>The version of the evaluator; null for reported results.</summary>
    public string? EvaluatorVersion { get; init; }

    /// <summary>The hash over the labels of all splits below; null for reported results.</summary>
    public string? LabelsHash { get; init; }

    /// <summary>The keyed hash that others see as <see cref="LabelsHash"/>; null except for organisers of guarded benchmarks.</summary>
    public string? PublicLabelsHash { get; init; }

    /// <summary>The hash over the predictions of all splits below; null for reported results.</summary>
    public string? PredictionsHash { get; init; }

    /// <summary>The mean over the ranking splits, which a guarded benchmark shows; null in a complete report.</summary>
    public MeanScore? Mean { get; init; }

    /// <summary>One report per split, in the order of the benchmark's manifest.</summary>
    public required IReadOnlyList<SplitScore> Splits { get; init; }

    /// <summary>
    /// Combines the hashes of several splits into one: of the lines <c>split hash</c>, sorted by the bytes of the split names.
    /// </summary>
    public static string CombineHashes(IEnumerable<(string Split, string Hash)> hashes)
    {
        var lines = hashes.OrderBy(h => h.Split, StringComparer.Ordinal).Select(h => $"{h.Split} {h.Hash}\n");
        return ContentHash.Compute(Encoding.UTF8.GetBytes(string.Concat(lines)));
    }
}

/// <summary>The mean over the ranking splits.</summary>
/// <param name="Metric">The ranking metric.</param>
/// <param name="Value">Its mean.</param>
/// <param name="Interval">The lower and upper limit of its 95% interval; null if it is not shown.</param>
public sealed record MeanScore(MetricId Metric, double Value, double[]? Interval)
{
    /// <summary>The mean balanced error, 0..1; null for another metric.</summary>
    public double? BalancedError => Metric == MetricId.BalancedError ? Value : null;

    /// <summary>The lower and upper limit of its 95% interval; null if it is not shown, and for another metric.</summary>
    public double[]? BalancedErrorInterval => Metric == MetricId.BalancedError ? Interval : null;

    /// <summary>The loss, which is lower for a better entry, with its interval.</summary>
    [JsonIgnore]
    public ErrorEstimate Loss => new MetricScore(Metric, Value, Interval, null).Loss!;
}
