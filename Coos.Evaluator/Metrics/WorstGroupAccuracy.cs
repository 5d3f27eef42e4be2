using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The lowest accuracy of a group of images, such as those of one hospital (WILDS' worst-group accuracy: Koh, Sagawa et al., "WILDS",
/// ICML 2021). Groups without images do not count, and neither do images without a group, as WILDS leaves out FMoW's other regions.
/// </summary>
public sealed class WorstGroupAccuracy : Metric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.WorstGroupAccuracy;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions) =>
        split.Group is { } groups
            ? ExtremeLoss.Compute(
                Info,
                split,
                [
                    .. groups
                        .Images.Index()
                        .Where(g => g.Item.Length > 0)
                        .Select(g => LossPart.Create(groups.Values[g.Index], split, g.Item, predictions)),
                ]
            )
            : null;
}
