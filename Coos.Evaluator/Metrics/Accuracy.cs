using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The share of images predicted correctly (scikit-learn's <c>accuracy_score</c>).</summary>
public sealed class Accuracy : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Accuracy;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences) =>
        CountShare(influences, i => predictions.Classes[i] == split.Actual[i]);
}
