using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The weighted mean of metrics that the manifest mixes for a split; an error e counts as 1 - e. Its loss is the weighted sum of their
/// losses, and so are its deviations, from which interval and tests follow (as the composite of CHAMMI: Chen et al., NeurIPS 2023).
/// </summary>
public sealed class CompositeScore : Metric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Composite;

    /// <summary>The layout of images if all metrics weight images alike, otherwise that of classes.</summary>
    internal override UnitLayout LayoutOf(MetricSplit split) =>
        split.Ranking.MixedMetrics.All(m => Get(m).LayoutOf(split) == split.ByImages) ? split.ByImages : split.ByClasses;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions)
    {
        var (loss, terms) = (0.0, new List<(double, UnitDeviations)>());
        foreach (var (metric, share) in split.Ranking.Mixture?.GetValueOrDefault(predictions.Split) ?? [])
        {
            if (Get(metric).Estimate(split, predictions) is not { } estimate)
            {
                return null;
            }

            loss += share * estimate.Loss;
            terms.Add((share, estimate.Deviations));
        }

        if (terms.Count == 0)
        {
            return null;
        }

        var layout = LayoutOf(split);
        var deviations = UnitDeviations.Combine(terms);
        var limits = new LossLimits(Info, loss, layout, deviations);
        return new MetricEstimate(Info, loss, deviations) { LossInterval = limits.Compute(), Method = limits.Method };
    }
}
