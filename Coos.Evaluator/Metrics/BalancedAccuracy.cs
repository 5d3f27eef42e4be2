using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The mean sensitivity over the classes that have images (scikit-learn's <c>balanced_accuracy_score</c>).</summary>
public sealed class BalancedAccuracy : Metric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.BalancedAccuracy;

    internal override MetricEstimate Compute(MetricSplit split, PredictionSet predictions) =>
        BalancedErrorMetric.Compute(split, predictions, Info);
}
