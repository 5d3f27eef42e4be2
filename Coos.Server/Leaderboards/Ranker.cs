using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Ranks entries. A pure function: ranks are made when they are read and never stored.</summary>
internal static class Ranker
{
    /// <summary>Ranks all entries of a benchmark: by score, equals by date, entries without rank last.</summary>
    public static IReadOnlyList<RankedEntry> Rank(IEnumerable<LeaderboardEntry> entries, Benchmark benchmark)
    {
        var ordered = entries
            .Select(e => (Entry: e, Score: ScoreOf(e.Splits, benchmark)))
            .OrderBy(e => e.Score is null)
            .ThenBy(e => e.Score)
            .ThenBy(e => e.Entry.CreatedAt ?? DateTime.MinValue)
            .ToList();
        var ranked = new List<RankedEntry>(ordered.Count);
        foreach (var (entry, score) in ordered)
        {
            int? rank =
                score is null ? null
                : ranked.Count > 0 && ranked[^1].Score == score ? ranked[^1].Rank
                : ranked.Count + 1;
            ranked.Add(new RankedEntry(entry, rank, score, GapOf(entry, score, benchmark)));
        }

        return ranked;
    }

    /// <summary>The mean balanced error over the ranking splits, 0..1; null unless every one of them is scored.</summary>
    public static double? ScoreOf(IReadOnlyDictionary<string, EntryScore> splits, Benchmark benchmark) =>
        RankingScore.Compute(benchmark, split => splits.TryGetValue(split, out var score) ? score.BalancedError : null);

    private static double? GapOf(LeaderboardEntry entry, double? score, Benchmark benchmark) =>
        score is { } value && benchmark.Reference is { } reference && entry.Splits.TryGetValue(reference, out var without)
            ? Math.Round(value - without.BalancedError, RankingScore.Decimals)
            : null;
}
