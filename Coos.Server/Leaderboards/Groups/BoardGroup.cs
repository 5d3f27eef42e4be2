using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Leaderboards.Groups;

/// <summary>The scores of a board's entries within one group of images.</summary>
/// <param name="Key">The group.</param>
/// <param name="Metric">The ranking metric; the accuracy if that one compares groups, since it then has no value within one.</param>
/// <param name="Splits">The test splits that have images of the group and scores in it, with the numbers of images.</param>
/// <param name="Scores">The scores by evaluation and split.</param>
public sealed record BoardGroup(
    GroupKey Key,
    MetricInfo Metric,
    IReadOnlyList<(Split Split, int Images)> Splits,
    IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, GroupEntryScore>> Scores
)
{
    /// <summary>Finds the score of an entry; null if it has none, or the split's score is withheld.</summary>
    public EntryScore? Find(LeaderboardEntry entry, string split)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return
            entry.EvaluationId is { } id
            && entry.Splits.ContainsKey(split)
            && Scores.TryGetValue(id, out var scores)
            && scores.TryGetValue(split, out var own)
            ? own.Score
            : null;
    }

    /// <summary>The metric whose values a benchmark's groups show.</summary>
    public static MetricInfo MetricOf(Ranking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        return ranking.Info.NeedsGroup ? MetricInfo.Get(MetricId.Accuracy) : ranking.Info;
    }
}

/// <summary>The score of an entry within a group.</summary>
/// <param name="Score">The loss with its interval.</param>
/// <param name="Images">The number of images.</param>
public sealed record GroupEntryScore(EntryScore Score, int Images);

/// <summary>The groups that can be chosen of one label column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">Its values, in natural order.</param>
public sealed record GroupChoice(string Column, IReadOnlyList<string> Values);
