using Coos.Evaluator.Metrics;
using Coos.Shared.Labels;
using Coos.Shared.Metrics;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Evaluator;

/// <summary>Computes the metrics of one split, and those of its groups.</summary>
internal sealed class MetricScores(ScorePlan plan, SplitLabels labels, PredictionSet predictions, int classCount, string? cluster)
{
    private MetricSplit Split => field ??= new MetricSplit(labels, classCount, cluster, plan.Ranking);

    /// <summary>Computes the metrics of the plan.</summary>
    /// <param name="balancedError">The balanced error, which is known.</param>
    public IReadOnlyList<MetricScore> Compute(MetricScore balancedError) =>
        [.. plan.Metrics.Select(id => id == MetricId.BalancedError ? balancedError : Score(id, Split, predictions))];

    /// <summary>Computes the metrics of each group; null if the plan has no groups that the labels have.</summary>
    public IReadOnlyList<GroupScore>? ComputeGroups()
    {
        GroupColumn[] columns = [.. plan.Groups.Select(name => GroupColumn.Find(labels, name)).OfType<GroupColumn>()];
        return columns.Length == 0 ? null : [.. columns.SelectMany(ScoreGroups)];
    }

    private IEnumerable<GroupScore> ScoreGroups(GroupColumn column)
    {
        // A metric that compares groups has no value within one: their accuracies, which it compares, are given instead.
        MetricId[] metrics = [.. plan.Metrics.Select(id => MetricInfo.Get(id).NeedsGroup ? MetricId.Accuracy : id).Distinct()];
        return Enumerable
            .Range(0, column.Values.Count)
            .OrderByDescending(g => column.Images[g].Length)
            .Take(GroupScore.MaximumGroups)
            .Order()
            .Select(g => ScoreGroup(column, g, metrics));
    }

    private GroupScore ScoreGroup(GroupColumn column, int group, MetricId[] metrics)
    {
        var images = column.Images[group];
        var (part, own) = (Split.Select(images), predictions.Select(images, classCount));
        var score = new GroupScore(column.Name, column.Values[group], images.Length, [.. metrics.Select(id => Score(id, part, own))]);
        if (classCount > GroupScore.MaximumClasses)
        {
            return score;
        }

        var confusion = ConfusionMatrix.Count(part.Actual, own.Classes, classCount);
        return score with
        {
            Sensitivities = [.. Enumerable.Range(0, classCount).Select(confusion.Sensitivity)],
            ClassImages = part.ClassImages,
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
}
