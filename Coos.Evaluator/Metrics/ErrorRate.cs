using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The share of images predicted wrongly (scikit-learn's <c>zero_one_loss</c>).</summary>
public sealed class ErrorRate : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Error;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences) =>
        CountShare(influences, i => predictions.Classes[i] != split.Actual[i]);
}
