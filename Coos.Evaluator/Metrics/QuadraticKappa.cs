using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Cohen's kappa with weights (i - j)² of class indices, for classes in an order (Cohen, "Weighted kappa", Psychological Bulletin 70,
/// 1968; scikit-learn's <c>cohen_kappa_score</c> with <c>weights="quadratic"</c> and all labels); not defined if labels and predictions
/// name the same class only.
/// </summary>
public sealed class QuadraticKappa : LinearMetric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.QuadraticKappa;

    internal override double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences)
    {
        // The expected sum of (i - j)² over all pairs of a label and a prediction follows from the first two moments of both.
        double n = influences.Length;
        var (labels, labelSquares, named, namedSquares, observed) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < influences.Length; i++)
        {
            double actual = split.Actual[i];
            double predicted = predictions.Classes[i];
            labels += actual;
            labelSquares += actual * actual;
            named += predicted;
            namedSquares += predicted * predicted;
            observed += (actual - predicted) * (actual - predicted);
        }

        var expected = labelSquares + namedSquares - (2 * labels * named / n);
        if (expected <= 0)
        {
            return null;
        }

        for (var i = 0; i < influences.Length; i++)
        {
            double actual = split.Actual[i];
            double predicted = predictions.Classes[i];
            var perExpected = (predicted * predicted) - (2 * labels * predicted / n);
            influences[i] = ((observed / expected * perExpected) - ((actual - predicted) * (actual - predicted))) / expected;
        }

        return 1 - (observed / expected);
    }
}
