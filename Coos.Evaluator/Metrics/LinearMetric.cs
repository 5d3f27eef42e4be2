using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>A metric that changes smoothly with the weight of each image, so that its variance follows from its influences.</summary>
public abstract class LinearMetric : Metric
{
    /// <summary>Whether classes count alike in it, rather than images.</summary>
    internal virtual bool IsBalanced => false;

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

        var layout = IsBalanced ? split.ByClasses : split.ByImages;
        var deviations = layout.Deviate(influences);
        var loss = Info.Convert(value);
        var limits = new LossLimits(Info.Scale, loss, layout, deviations);
        return new MetricEstimate(Info, loss, deviations) { LossInterval = limits.Compute(), Method = limits.Method };
    }
}
