using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The mean over images of -ln p of the true class, with p clipped to 1e-15..1 (scikit-learn's <c>log_loss</c> for rows that sum to 1).
/// </summary>
public sealed class LogLoss : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.LogLoss;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        var sum = 0.0;
        for (var i = 0; i < influences.Length; i++)
        {
            var loss = Of(predictions, split, i);
            sum += loss;
            influences[i] = loss / influences.Length;
        }

        return sum / influences.Length;
    }

    /// <summary>-ln p of the true class of an image.</summary>
    internal static double Of(PredictionSet predictions, MetricSplit split, int image) =>
        -Math.Log(Math.Clamp(predictions.Probabilities![image, split.Actual[image]], Calibration.MinProbability, 1));
}
