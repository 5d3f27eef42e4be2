using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The lowest accuracy of a group of images, such as those of one hospital (WILDS' worst-group accuracy: Koh, Sagawa et al., "WILDS",
/// ICML 2021). Groups without images do not count.
/// </summary>
public sealed class WorstGroupAccuracy : Metric
{
    private static readonly Accuracy OfGroup = new();

    /// <inheritdoc/>
    public override MetricId Id => MetricId.WorstGroupAccuracy;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions) =>
        split.Group is { } groups ? ExtremeLoss.Compute(Info, [.. ListParts(split, groups, predictions)]) : null;

    private static IEnumerable<LossPart> ListParts(MetricSplit split, GroupColumn groups, PredictionSet predictions)
    {
        for (var g = 0; g < groups.Values.Count; g++)
        {
            var images = groups.Images[g];
            if (images.Length == 0)
            {
                continue;
            }

            var (part, influences) = (split.Select(images), new double[images.Length]);
            var selected = predictions with { Classes = [.. images.Select(i => predictions.Classes[i])], Probabilities = null };
            var loss = OfGroup.Info.Convert(OfGroup.Linearise(part, selected, influences)!.Value);
            var deviations = part.ByImages.Deviate(influences);
            yield return new LossPart(
                groups.Values[g],
                loss,
                new LossLimits(MetricScale.Share, loss, part.ByImages, deviations),
                deviations
            );
        }
    }
}
