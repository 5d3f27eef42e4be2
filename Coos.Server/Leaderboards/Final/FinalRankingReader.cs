using System.Collections.Concurrent;
using Coos.Evaluator.Disclosures;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.Final;

/// <summary>Reads the final ranking of a closed benchmark. It is cached for seconds, because it reads the whole board twice.</summary>
internal sealed class FinalRankingReader(
    IDbContextFactory<CoosDbContext> databases,
    LeaderboardReader reader,
    ResultVersions results,
    TimeProvider clock
)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, CachedRanking> _known = new();

    /// <summary>Reads the final ranking; null while the benchmark runs, and if it has no sealed part.</summary>
    public async Task<FinalRanking?> FindAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        if (benchmark.ScoredPart != LabelPart.Sealed)
        {
            return null;
        }

        var version = results.GetVersion(benchmark.Slug);
        if (
            _known.TryGetValue(benchmark.Slug, out var known)
            && known.Version == version
            && known.Ranking.ClosedAt == benchmark.ClosedAt
            && clock.GetElapsedTime(known.ReadAt) < Fresh
        )
        {
            return known.Ranking;
        }

        var readAt = clock.GetTimestamp();
        var ranking = await ReadAsync(benchmark, cancellation);
        _known[benchmark.Slug] = new CachedRanking(ranking, version, readAt);
        return ranking;
    }

    /// <summary>Reads the final ranking.</summary>
    /// <returns>The ranking, or why there is none.</returns>
    public async Task<Result<FinalRanking>> ReadOrRefuseAsync(Benchmark benchmark, CancellationToken cancellation) =>
        await FindAsync(benchmark, cancellation) is { } ranking ? ranking
        : benchmark.HasSealedPart
            ? new Refusal(
                RefusalKind.Conflict,
                "The benchmark is still running",
                $"The final ranking of {benchmark.Slug} is of the sealed part of its labels. It is shown when the benchmark is closed."
            )
        : Refusal.NotFound($"The benchmark {benchmark.Slug} has no sealed part, so its leaderboard is its final ranking.");

    private async Task<FinalRanking> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        // Without the time of the closing, entries have the scores that they had while the benchmark ran.
        var ofPublic = await RankAsync(benchmark with { ClosedAt = null }, cancellation);
        var ofSealed = await RankAsync(benchmark, cancellation);
        var differences = await ReadDifferencesAsync(benchmark, cancellation);
        return FinalRankings.Create(benchmark, ofPublic, ofSealed, differences);
    }

    private async Task<IReadOnlyList<RankedEntry>> RankAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var (entries, _) = await reader.ReadEntriesAsync(benchmark, cancellation);
        return Ranker.Rank(entries, benchmark);
    }

    /// <summary>Reads the difference of each entry, by evaluation; none for evaluations without all ranking splits.</summary>
    private async Task<Dictionary<Guid, PartDifference>> ReadDifferencesAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var splits = benchmark.Ranking.Splits;
        var rows = await database
            .Submissions.Where(s => s.Benchmark == benchmark.Slug && s.CurrentEvaluationId != null)
            .Join(
                database.SealedScores.Where(s => splits.Contains(s.Split)),
                s => s.CurrentEvaluationId,
                s => s.EvaluationId,
                (_, score) =>
                    new
                    {
                        score.EvaluationId,
                        score.Difference,
                        score.Variance,
                        score.Degrees,
                    }
            )
            .ToListAsync(cancellation);
        return rows.GroupBy(r => r.EvaluationId)
            .Where(g => g.Count() == splits.Count)
            .ToDictionary(
                g => g.Key,
                g =>
                    PartDifference.ComputeMean([
                        // A split without sealed labels has the same error on both parts.
                        .. g.Select(r => new PartDifference(
                            r.Difference ?? 0,
                            r.Variance ?? 0,
                            r.Degrees ?? PartDifference.MaximumDegrees
                        )),
                    ])
            );
    }

    private sealed record CachedRanking(FinalRanking Ranking, long Version, long ReadAt);
}
