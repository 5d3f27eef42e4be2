using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator;

/// <summary>
/// Scores predictions. It uses no clock, file or database, and random numbers only with a fixed seed: the same labels and
/// predictions give the same report on any machine.
/// </summary>
public static class SplitEvaluator
{
    /// <summary>
    /// The version of the definitions in docs/metrics.md. Increase it whenever a number could change: every stored evaluation
    /// of another version is then recomputed.
    /// </summary>
    public const string Version = "5";

    /// <summary>Scores one split.</summary>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="predictions">One class per image of <paramref name="labels"/>, in its order.</param>
    /// <param name="classes">The benchmark's classes.</param>
    /// <param name="cluster">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <param name="plan">The metrics and groups; the balanced error without groups by default.</param>
    /// <exception cref="ArgumentException">The numbers of labels and predictions differ.</exception>
    public static SplitScore Evaluate(
        SplitLabels labels,
        PredictionSet predictions,
        IReadOnlyList<ClassLabel> classes,
        string? cluster = null,
        ScorePlan? plan = null
    )
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(classes);

        var confusion = ConfusionMatrix.Count(labels.Classes, predictions.Classes, classes.Count);
        var clusters = Clusters.Outermost(labels, cluster);
        var byCluster = clusters is null ? null : ClusterIntervals.Compute(labels.Classes, predictions.Classes, classes.Count, clusters);
        var interval = (byCluster?.BalancedError ?? BalancedErrorInterval.ComputePerImage(confusion)).ToArray();
        var method = byCluster is null ? BalancedErrorInterval.PerImageMethod : IntervalMethod.Describe(clusters!, byCluster);
        var balancedError = new MetricScore(MetricId.BalancedError, confusion.BalancedError, interval, method);
        var metrics = new MetricScores(plan ?? ScorePlan.Default, labels, predictions, classes.Count, cluster);
        return new SplitScore
        {
            Split = predictions.Split,
            Images = confusion.Images,
            BalancedError = confusion.BalancedError,
            BalancedErrorInterval = interval,
            IntervalMethod = method,
            Metrics = metrics.Compute(balancedError),
            Groups = metrics.ComputeGroups(),
            Accuracy = confusion.Accuracy,
            Classes = [.. classes.Select(c => Score(c, confusion, byCluster))],
            Confusion = confusion.ToRows(),
            Calibration = Calibrate(labels, predictions, classes.Count),
            LabelsHash = labels.Hash,
            PredictionsHash = predictions.Hash,
        };
    }

    /// <summary>Combines the reports of a submission's splits.</summary>
    /// <param name="splits">Reports of <see cref="Evaluate"/>, in the order of the manifest.</param>
    public static Evaluation Combine(IReadOnlyList<SplitScore> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        return new Evaluation
        {
            EvaluatorVersion = Version,
            LabelsHash = Evaluation.CombineHashes(splits.Select(s => (s.Split, s.LabelsHash!))),
            PredictionsHash = Evaluation.CombineHashes(splits.Select(s => (s.Split, s.PredictionsHash!))),
            Splits = splits,
        };
    }

    private static CalibrationScore? Calibrate(SplitLabels labels, PredictionSet predictions, int classCount)
    {
        if (predictions.Probabilities is not { } probabilities)
        {
            return null;
        }

        var calibration = Calibration.Compute(labels.Classes, probabilities, classCount);
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

        var interval = byCluster?.Sensitivities[label.Index] ?? Wilson.Compute(confusion[label.Index, label.Index], images);
        return new ClassScore(label.Index, label.Name, images, confusion.Sensitivity(label.Index), interval.ToArray());
    }
}
