using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>The share of images predicted correctly (scikit-learn's <c>accuracy_score</c>).</summary>
public sealed class Accuracy : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Accuracy;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        double n = influences.Length;
        var correct = 0;
        for (var i = 0; i < influences.Length; i++)
        {
            var isRight = predictions.Classes[i] == split.Actual[i];
            correct += isRight ? 1 : 0;
            influences[i] = isRight ? 1 / n : 0;
        }

        return correct / n;
    }
}
