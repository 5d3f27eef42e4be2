using Coos.Shared.Metrics;

namespace Coos.Shared.Benchmarks;

/// <summary>The share of a metric in the composite score of a split.</summary>
/// <param name="Metric">The metric, which is between 0 and 1.</param>
/// <param name="Share">Its share, above 0; those of a split sum to 1.</param>
public sealed record MetricShare(MetricId Metric, double Share)
{
    /// <summary>The metrics that can be mixed: between 0 and 1, and smooth, so that the influences of images give the interval.</summary>
    public static IReadOnlyList<MetricInfo> Mixable { get; } =
    [
        .. MetricInfo.All.Where(m =>
            m is { Scale: MetricScale.Share, NeedsGroup: false } && m.Id is not (MetricId.WorstClassSensitivity or MetricId.Composite)
        ),
    ];
}
