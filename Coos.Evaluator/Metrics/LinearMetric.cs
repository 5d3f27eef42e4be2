using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>A metric that changes smoothly with the weight of each image, so that its variance follows from its influences.</summary>
public abstract class LinearMetric : Metric
{
    /// <summary>Whether classes count alike in it, rather than images.</summary>
    internal virtual bool IsBalanced => false;

    internal sealed override UnitLayout LayoutOf(MetricSplit split) => IsBalanced ? split.ByClasses : split.ByImages;

    /// <summary>Computes the value and the influence of each image.</summary>
    /// <param name="split">The labels, of at least one image.</param>
    /// <param name="predictions">The predictions of the same images.</param>
    /// <param name="influences">
    /// Receives the derivative of the value with respect to the weight of each image. It may be off by a constant per class.
    /// </param>
    /// <returns>The value; null if it is not defined for these images.</returns>
    internal abstract double? Linearise(MetricSplit split, PredictionSet predictions, Span<double> influences);

    internal sealed override MetricEstimate? Compute(MetricSplit split, PredictionSet predictions)
    {
        var influences = new double[split.Actual.Length];
        if (Linearise(split, predictions, influences) is not { } value)
        {
            return null;
        }

        if (Info.IsHigherBetter)
        {
            // Deviations are of the loss, which a composite score adds to that of other metrics.
            for (var i = 0; i < influences.Length; i++)
            {
                influences[i] = -influences[i];
            }
        }

        var layout = LayoutOf(split);
        var deviations = layout.Deviate(influences);
        var loss = Info.ToLoss(value);
        var limits = new LossLimits(Info, loss, layout, deviations);
        return new MetricEstimate(Info, loss, deviations) { LossInterval = limits.Compute(), Method = limits.Method };
    }

    /// <summary>Computes the share of images that count, and the influence of each.</summary>
    private protected static double CountShare(Span<double> influences, Func<int, bool> counts)
    {
        double n = influences.Length;
        var sum = 0;
        for (var i = 0; i < influences.Length; i++)
        {
            var isCounted = counts(i);
            sum += isCounted ? 1 : 0;
            influences[i] = isCounted ? 1 / n : 0;
        }

        return sum / n;
    }
}
