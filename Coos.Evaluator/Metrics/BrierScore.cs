using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// The mean over images of the sum over classes of (p - truth)², 0..2 (Brier, "Verification of forecasts expressed in terms of
/// probability", Monthly Weather Review 78, 1950; scikit-learn's <c>brier_score_loss</c> with <c>scale_by_half=False</c>).
/// </summary>
public sealed class BrierScore : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.Brier;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        var (sum, buffer) = (0.0, new double[split.ClassCount]);
        for (var i = 0; i < influences.Length; i++)
        {
            var squares = ProbabilityRow.SquaredError(predictions.Probabilities!.RowOf(i, buffer), split.Actual[i]);
            sum += squares;
            influences[i] = squares / influences.Length;
        }

        return sum / influences.Length;
    }
}
