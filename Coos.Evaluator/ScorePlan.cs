using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Evaluator;

/// <summary>The metrics and groups that the report on a split has.</summary>
/// <param name="Ranking">Which group, k and percentile the metrics use.</param>
/// <param name="Metrics">The metrics, the ranking metric first.</param>
/// <param name="Groups">The label columns by whose values scores are given.</param>
public sealed record ScorePlan(Ranking Ranking, IReadOnlyList<MetricId> Metrics, IReadOnlyList<string> Groups)
{
    /// <summary>The balanced error, without groups.</summary>
    public static ScorePlan Default { get; } = new(new Ranking(MetricId.BalancedError, []), [MetricId.BalancedError], []);

    /// <summary>Creates the plan of a benchmark.</summary>
    public static ScorePlan Of(Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return new ScorePlan(benchmark.Ranking, [.. benchmark.ScoredMetrics], benchmark.Groups);
    }

    /// <summary>Identifies the plan: reports of another plan are outdated. Empty for <see cref="Default"/>.</summary>
    public string Key =>
        Metrics is [MetricId.BalancedError] && Groups.Count == 0
            ? ""
            : string.Join(
                ' ',
                [
                    .. Metrics.Select(m => MetricInfo.Get(m).Name),
                    $"group={Ranking.Group}",
                    $"k={Ranking.K}",
                    $"percentile={Ranking.Percentile}",
                    .. Groups,
                    .. DescribeMixture(),
                ]
            );

    private IEnumerable<string> DescribeMixture() =>
        from split in Ranking.Mixture ?? new Dictionary<string, IReadOnlyList<MetricShare>>()
        from part in split.Value
        select string.Create(CultureInfo.InvariantCulture, $"{split.Key}:{MetricInfo.Get(part.Metric).Name}:{part.Share:R}");
}
