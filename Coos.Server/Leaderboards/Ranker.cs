using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Ranks entries. A pure function: ranks are computed on reading and never stored.</summary>
internal static class Ranker
{
    /// <summary>Ranks all entries of a benchmark by score, then by date; entries without a rank come last.</summary>
    public static IReadOnlyList<RankedEntry> Rank(IEnumerable<LeaderboardEntry> entries, Benchmark benchmark)
    {
        var ordered = entries
            .Select(e => (Entry: e, Score: e.Mean?.Loss ?? ComputeScore(e.Splits, benchmark)))
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
            ranked.Add(new RankedEntry(entry, rank, score, ComputeGap(entry, score, benchmark)));
        }

        return ranked;
    }

    /// <summary>Computes the mean loss over the ranking splits; null unless every one of them is scored.</summary>
    public static double? ComputeScore(IReadOnlyDictionary<string, EntryScore> splits, Benchmark benchmark) =>
        RankingScore.Compute(benchmark, split => splits.TryGetValue(split, out var score) ? score.Loss : null);

    private static double? ComputeGap(LeaderboardEntry entry, double? score, Benchmark benchmark) =>
        score is { } value && benchmark.Reference is { } reference && entry.Splits.TryGetValue(reference, out var without)
            ? Math.Round(value - without.Loss, RankingScore.Decimals)
            : null;
}
