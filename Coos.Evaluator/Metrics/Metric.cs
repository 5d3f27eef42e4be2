using Coos.Shared.Metrics;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// A metric of the predictions of one split. A metric is a file of its own with its definition and source, a row in
/// <see cref="MetricInfo.All"/>, and a row in the tests against scikit-learn.
/// </summary>
/// <remarks>
/// A metric also says how its loss changes with each image (its influence). Intervals, paired tests and rank intervals follow from that
/// by <see cref="UnitLayout"/>, alike for all metrics.
/// </remarks>
public abstract class Metric
{
    private static readonly Metric[] Known =
    [
        new BalancedErrorMetric(),
        new ErrorRate(),
        new Accuracy(),
        new BalancedAccuracy(),
        new MacroF1(),
        new WorstGroupAccuracy(),
        new WorstClassSensitivity(),
        new GroupPercentileAccuracy(),
        new TopKAccuracy(),
        new BalancedLogLoss(),
        new LogLoss(),
        new BrierScore(),
        new Auroc(),
        new MatthewsCorrelation(),
        new QuadraticKappa(),
        new CompositeScore(),
    ];

    /// <summary>Which metric it is.</summary>
    public abstract MetricId Id { get; }

    /// <summary>Its description.</summary>
    public MetricInfo Info => MetricInfo.Get(Id);

    /// <summary>Gets a metric.</summary>
    public static Metric Get(MetricId id) => Known[(int)id];

    /// <summary>Computes the loss, its interval and its influences.</summary>
    /// <param name="split">The labels.</param>
    /// <param name="predictions">The predictions of the same images.</param>
    /// <returns>Null if the metric is not defined: without probabilities that it needs, or without images that it compares.</returns>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public MetricEstimate? Estimate(MetricSplit split, PredictionSet predictions)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Classes.Length != split.Actual.Length)
        {
            throw new ArgumentException(
                $"{split.Actual.Length} labels and {predictions.Classes.Length} predictions; the numbers must be equal.",
                nameof(predictions)
            );
        }

        return split.Actual.Length == 0 || (Info.NeedsProbabilities && predictions.Probabilities is null)
            ? null
            : Compute(split, predictions);
    }

    /// <summary>The layout that gives the degrees of freedom of its variance.</summary>
    internal virtual UnitLayout LayoutOf(MetricSplit split) => split.ByClasses;

    /// <summary>Computes the loss of at least one image; the probabilities are known if the metric needs them.</summary>
    internal abstract MetricEstimate? Compute(MetricSplit split, PredictionSet predictions);
}
