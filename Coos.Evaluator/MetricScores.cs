using Coos.Evaluator.Metrics;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator;

/// <summary>Computes the metrics of one split, and those of its groups.</summary>
internal sealed class MetricScores(ScorePlan plan, SplitLabels labels, MetricSplit split)
{
    // A metric that compares groups has no value within one: their accuracies, which it compares, are given instead.
    private readonly MetricId[] _groupMetrics =
    [
        .. plan.Metrics.Select(id => MetricInfo.Get(id).NeedsGroup ? MetricId.Accuracy : id).Distinct(),
    ];

    /// <summary>The groups of all columns; null if the plan has no groups that the labels have.</summary>
    private IReadOnlyList<ImageGroup>? Groups => field ??= FindGroups();

    /// <summary>Computes the metrics of the plan.</summary>
    /// <param name="balancedError">The balanced error, which is known.</param>
    /// <param name="predictions">The predictions of the split.</param>
    public IReadOnlyList<MetricScore> Compute(MetricScore balancedError, PredictionSet predictions) =>
        [.. plan.Metrics.Select(id => id == MetricId.BalancedError ? balancedError : Score(id, split, predictions))];

    /// <summary>Computes the metrics of each group; null if the plan has no groups that the labels have.</summary>
    /// <param name="predictions">The predictions of the split.</param>
    public IReadOnlyList<GroupScore>? ComputeGroups(PredictionSet predictions) =>
        Groups is { } groups ? [.. groups.Select(group => ScoreGroup(group, predictions))] : null;

    private List<ImageGroup>? FindGroups()
    {
        GroupColumn[] columns = [.. plan.Groups.Select(name => GroupColumn.Find(labels, name)).OfType<GroupColumn>()];
        return columns.Length == 0 ? null : [.. columns.SelectMany(SelectLargest)];
    }

    private IEnumerable<ImageGroup> SelectLargest(GroupColumn column) =>
        Enumerable
            .Range(0, column.Values.Count)
            .OrderByDescending(g => column.Images[g].Length)
            .Take(GroupScore.MaximumGroups)
            .Order()
            .Select(g => new ImageGroup(column.Name, column.Values[g], column.Images[g], split.Select(column.Images[g])));

    private GroupScore ScoreGroup(ImageGroup group, PredictionSet predictions)
    {
        var own = predictions.Select(group.Images);
        var metrics = _groupMetrics.Select(id => Score(id, group.Part, own));
        var score = new GroupScore(group.Column, group.Value, group.Images.Length, [.. metrics]);
        if (split.ClassCount > GroupScore.MaximumClasses)
        {
            return score;
        }

        var confusion = ConfusionMatrix.Count(group.Part.Actual, own.Classes, split.ClassCount);
        return score with
        {
            Sensitivities = [.. Enumerable.Range(0, split.ClassCount).Select(confusion.Sensitivity)],
            ClassImages = group.Part.ClassImages,
        };
    }

    private static MetricScore Score(MetricId id, MetricSplit split, PredictionSet predictions)
    {
        var info = MetricInfo.Get(id);
        return Metric.Get(id).Estimate(split, predictions) is not { } estimate
            ? new MetricScore(id, null, null, DescribeMissing(info, split, predictions))
            : new MetricScore(id, estimate.Value, estimate.ValueInterval?.ToArray(), estimate.Method) { Of = estimate.Of };
    }

    private static string DescribeMissing(MetricInfo info, MetricSplit split, PredictionSet predictions) =>
        FindMetricOfProbabilities(info, split, predictions) is { } needed && predictions.Probabilities is null
            ? $"none: {needed.Name} needs probabilities, and the file has none"
        : info.NeedsGroup ? $"none: the labels of this split do not have the column whose groups {info.Name} compares"
        : $"none: {info.Name} is not defined for these images, because all are of one class";

    private static MetricInfo? FindMetricOfProbabilities(MetricInfo info, MetricSplit split, PredictionSet predictions) =>
        info.Id == MetricId.Composite ? split.Ranking.FindMetricOfProbabilities(predictions.Split)
        : info.NeedsProbabilities ? info
        : null;

    /// <summary>The images with one value in a label column.</summary>
    private sealed record ImageGroup(string Column, string Value, int[] Images, MetricSplit Part);
}
