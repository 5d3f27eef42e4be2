using System.Globalization;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The lowest sensitivity of a class that has images: the minimum of scikit-learn's <c>recall_score</c> of each class.</summary>
public sealed class WorstClassSensitivity : Metric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.WorstClassSensitivity;

    internal override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions) =>
        ExtremeLoss.Compute(
            Info,
            split,
            [
                .. Enumerable
                    .Range(0, split.Actual.Length)
                    .GroupBy(i => split.Actual[i])
                    .OrderBy(g => g.Key)
                    .Select(g => LossPart.Create(g.Key.ToString(CultureInfo.InvariantCulture), split, [.. g], predictions)),
            ]
        );
}
