using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator;

/// <summary>
/// Scores the predictions of many entries for one split. What depends on the labels alone, such as clusters and degrees of freedom, is
/// computed once. Thread-safe.
/// </summary>
public sealed class SplitScorer
{
    private readonly SplitLabels _labels;
    private readonly MetricScores _metrics;
    private readonly MetricSplit _split;

    /// <summary>Creates the scorer of a split.</summary>
    /// <param name="labels">The labels of the split, of at least one image.</param>
    /// <param name="classes">The benchmark's classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <param name="plan">The metrics and groups.</param>
    public SplitScorer(SplitLabels labels, IReadOnlyList<ClassLabel> classes, string? cluster, ScorePlan plan)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(plan);
        (_labels, Classes, Cluster, Plan) = (labels, classes, cluster, plan);
        _split = new MetricSplit(labels, classes.Count, cluster, plan.Ranking);
        _metrics = new MetricScores(plan, labels, _split);
    }

    /// <summary>The benchmark's classes.</summary>
    public IReadOnlyList<ClassLabel> Classes { get; }

    /// <summary>The benchmark's <c>cluster</c>.</summary>
    public string? Cluster { get; }

    /// <summary>The metrics and groups.</summary>
    public ScorePlan Plan { get; }

    /// <summary>Scores the predictions of an entry.</summary>
    /// <param name="predictions">One class per image of the labels, in their order.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public SplitScore Evaluate(PredictionSet predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var confusion = ConfusionMatrix.Count(_labels.Classes, predictions.Classes, Classes.Count);
        var byCluster = _split.ClusterLayout is { } layout ? ClusterIntervals.Compute(layout, confusion, predictions.Classes) : null;
        var interval = (byCluster?.BalancedError ?? BalancedErrorInterval.ComputePerImage(confusion)).ToArray();
        var method = byCluster is null ? BalancedErrorInterval.PerImageMethod : IntervalMethod.Describe(_split.Clusters!, byCluster);
        var balancedError = new MetricScore(MetricId.BalancedError, confusion.BalancedError, interval, method);
        return new SplitScore
        {
            Split = predictions.Split,
            Images = confusion.Images,
            BalancedError = confusion.BalancedError,
            BalancedErrorInterval = interval,
            IntervalMethod = method,
            Metrics = _metrics.Compute(balancedError, predictions),
            Groups = _metrics.ComputeGroups(predictions),
            Accuracy = confusion.Accuracy,
            Classes = [.. Classes.Select(c => Score(c, confusion, byCluster))],
            Matrix = confusion,
            Calibration = Calibrate(predictions),
            LabelsHash = _labels.Hash,
            PredictionsHash = predictions.Hash,
        };
    }

    private CalibrationScore? Calibrate(PredictionSet predictions)
    {
        if (predictions.Probabilities is not { } probabilities)
        {
            return null;
        }

        var calibration = Calibration.Compute(_labels.Classes, probabilities);
        return new CalibrationScore(
            calibration.BalancedLogLoss,
            calibration.Brier,
            calibration.ExpectedCalibrationError,
            [.. calibration.Bins.Select(b => new CalibrationBin(b.Images, b.Confidence, b.Accuracy))]
        );
    }

    private static ClassScore Score(ClassLabel label, ConfusionMatrix confusion, ClusterIntervals? byCluster)
    {
        var images = confusion.ClassImages(label.Index);
        if (images == 0)
        {
            return new ClassScore(label.Index, label.Name, 0, null, null);
        }

        var interval = byCluster?.Sensitivities[label.Index] ?? Wilson.Compute(confusion.ClassCorrect(label.Index), images);
        return new ClassScore(label.Index, label.Name, images, confusion.Sensitivity(label.Index), interval.ToArray());
    }
}
