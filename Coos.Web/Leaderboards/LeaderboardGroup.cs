using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Groups;
using Coos.Shared.Metrics;

namespace Coos.Web.Leaderboards;

/// <summary>The group of images whose scores a leaderboard shows.</summary>
/// <param name="Group">The label column.</param>
/// <param name="Value">The value.</param>
/// <param name="Metric">The metric of the scores: that of the ranking, or the accuracy if that one compares groups.</param>
/// <param name="Images">The number of images of the group, by test split that has some.</param>
internal sealed record LeaderboardGroup(string Group, string Value, MetricId Metric, IReadOnlyDictionary<string, int> Images)
{
    /// <summary>Creates the document of a group; null for none.</summary>
    public static LeaderboardGroup? Of(BoardGroup? group) =>
        group is null
            ? null
            : new(group.Key.Column, group.Key.Value, group.Metric.Id, group.Splits.ToDictionary(s => s.Split.Name, s => s.Images));

    /// <summary>Finds the scores of an entry, by split; null without a group.</summary>
    public static Dictionary<string, LeaderboardGroupScore>? FindScores(LeaderboardEntry entry, BoardGroup? group) =>
        group
            ?.Splits.Select(s => (s.Split.Name, Score: group.Find(entry, s.Split.Name)))
            .Where(s => s.Score is not null)
            .ToDictionary(s => s.Name, s => LeaderboardGroupScore.Of(s.Score!, group.Metric));
}

/// <summary>The score of an entry within a group of images.</summary>
/// <param name="Value">The value of the metric.</param>
/// <param name="Interval">Its 95% interval, lower and upper; absent if there is none.</param>
/// <param name="IntervalMethod">The method of the interval, in words.</param>
internal sealed record LeaderboardGroupScore(double Value, double[]? Interval, string? IntervalMethod)
{
    /// <summary>Creates the document of a score.</summary>
    public static LeaderboardGroupScore Of(EntryScore score, MetricInfo metric) =>
        new(
            metric.ToValue(score.Loss),
            score.Interval is { } limits ? metric.ToValues(limits.Lower, limits.Upper) : null,
            score.IntervalMethod
        );
}
