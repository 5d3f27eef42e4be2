using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The share of images predicted wrongly (scikit-learn's <c>zero_one_loss</c>).</summary>
public sealed class ErrorRate : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Error;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        double n = influences.Length;
        var wrong = 0;
        for (var i = 0; i < influences.Length; i++)
        {
            var isWrong = predictions.Classes[i] != split.Actual[i];
            wrong += isWrong ? 1 : 0;
            influences[i] = isWrong ? 1 / n : 0;
        }

        return wrong / n;
    }
}
