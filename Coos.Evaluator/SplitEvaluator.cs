using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
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
        ArgumentNullException.ThrowIfNull(predictions);
        return new SplitScorer(labels, classes, cluster, plan ?? ScorePlan.Default).Evaluate(predictions);
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
}
