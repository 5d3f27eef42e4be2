using Coos.Evaluator;
using Coos.Shared.Scores;
using Coos.Web.Benchmarks;

namespace Coos.Web.Evaluations;

/// <summary>With what a submission would be scored now.</summary>
internal static class LabelsInForce
{
    /// <summary>The hash over the labels of some splits; a split without labels counts with an empty hash.</summary>
    public static string HashFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        Evaluation.CombineHashes(splits.Select(s => (s, labels.TryGet(benchmark, s, out var active) ? active.Labels.Hash : "")));

    /// <summary>Evaluator and labels in one text: a submission that failed with them fails again.</summary>
    public static string VersionFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        $"{SplitEvaluator.Version} {HashFor(labels, benchmark, splits)}";
}
