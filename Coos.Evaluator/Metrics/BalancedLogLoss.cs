using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The mean over the classes that have images of their mean -ln p of the true class (scikit-learn's <c>log_loss</c> with
/// <c>sample_weight</c> 1 / images of the class).
/// </summary>
public sealed class BalancedLogLoss : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.BalancedLogLoss;

    internal override bool IsBalanced => true;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        var sum = 0.0;
        for (var i = 0; i < influences.Length; i++)
        {
            influences[i] = LogLoss.Of(predictions, split, i) / ((double)split.ClassImages[split.Actual[i]] * split.Present);
            sum += influences[i];
        }

        return sum;
    }
}
