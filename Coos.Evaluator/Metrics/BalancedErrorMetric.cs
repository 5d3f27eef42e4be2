using Coos.Evaluator.Statistics;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// 1 - the mean sensitivity over the classes that have images (scikit-learn's <c>1 - balanced_accuracy_score</c>). Its interval is
/// that of <see cref="ClusterIntervals"/>, or per image that of <see cref="BalancedErrorInterval"/>, which is exact.
/// </summary>
public sealed class BalancedErrorMetric : Metric
{
    /// <inheritdoc/>
    public override MetricId Id => MetricId.BalancedError;

    internal override MetricEstimate Compute(MetricSplit split, PredictionSet predictions) => Compute(split, predictions, Info);

    /// <summary>Computes the loss of the balanced error, or of the balanced accuracy.</summary>
    internal static MetricEstimate Compute(MetricSplit split, PredictionSet predictions, MetricInfo info)
    {
        var influences = new double[split.Actual.Length];
        for (var i = 0; i < influences.Length; i++)
        {
            var k = split.Actual[i];
            influences[i] = predictions.Classes[i] == k ? 0 : 1.0 / (split.ClassImages[k] * split.Present);
        }

        var confusion = ConfusionMatrix.Count(split.Actual, predictions.Classes, split.ClassCount);
        var byCluster = split.ClusterLayout is { } layout ? ClusterIntervals.Compute(layout, confusion, predictions.Classes) : null;
        return new MetricEstimate(info, confusion.BalancedError, split.ByClasses.Deviate(influences))
        {
            LossInterval = byCluster?.BalancedError ?? BalancedErrorInterval.ComputePerImage(confusion),
            Method = byCluster is null ? BalancedErrorInterval.PerImageMethod : IntervalMethod.Describe(split.Clusters!, byCluster),
        };
    }
}
