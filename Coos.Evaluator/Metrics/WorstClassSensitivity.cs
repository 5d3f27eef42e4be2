using System.Globalization;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The lowest sensitivity of a class that has images: the minimum of scikit-learn's <c>recall_score</c> of each class.</summary>
public sealed class WorstClassSensitivity : Metric
{
    private static readonly Accuracy OfClass = new();

    /// <inheritdoc/>
    public override MetricId Id => MetricId.WorstClassSensitivity;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions)
    {
        var images = new List<int>[split.ClassCount];
        for (var i = 0; i < split.Actual.Length; i++)
        {
            (images[split.Actual[i]] ??= []).Add(i);
        }

        return ExtremeLoss.Compute(
            Info,
            [
                .. images
                    .Select((positions, k) => (positions, k))
                    .Where(c => c.positions is not null)
                    .Select(c => CreatePart(c.k, [.. c.positions])),
            ]
        );

        LossPart CreatePart(int k, int[] positions)
        {
            var (part, influences) = (split.Select(positions), new double[positions.Length]);
            var selected = predictions with { Classes = [.. positions.Select(i => predictions.Classes[i])], Probabilities = null };
            var loss = OfClass.Info.Convert(OfClass.Linearise(part, selected, influences)!.Value);
            var deviations = part.ByImages.Deviate(influences);
            return new LossPart(
                k.ToString(CultureInfo.InvariantCulture),
                loss,
                new LossLimits(MetricScale.Share, loss, part.ByImages, deviations),
                deviations
            );
        }
    }
}
