using System.Text.Json;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.Changes;

/// <summary>
/// Reads the rescoring history of a board. Entries that were hidden or deleted since, or whose scores are withheld, are
/// omitted.
/// </summary>
internal sealed class ChangeReader(IDbContextFactory<CoosDbContext> databases, BoardStore boards, PublicHashes hashes)
{
    /// <summary>The maximum number of changes that are listed per benchmark.</summary>
    public const int MaximumChanges = 50;

    /// <summary>Reads the changes of a benchmark, newest first.</summary>
    public async Task<IReadOnlyList<ChangeDocument>> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await database
            .BoardChanges.Where(c => c.Benchmark == benchmark.Slug)
            .OrderByDescending(c => c.SwappedAt)
            .Take(MaximumChanges)
            .ToListAsync(cancellation);
        var board = rows.Count == 0 ? null : await boards.GetAsync(benchmark, cancellation);
        var shown = board?.Rows.Where(r => r.Entry.Withheld is null).ToDictionary(r => r.Entry.Id) ?? [];
        var hash = benchmark.Disclosure.IsGuarded ? await hashes.GetAsync(cancellation) : plain => plain;
        return [.. rows.Select(row => ToDocument(row, shown, benchmark.Ranking.Info, hash))];
    }

    private static ChangeDocument ToDocument(
        BoardChange row,
        Dictionary<Guid, RankedEntry> shown,
        MetricInfo metric,
        Func<string, string> hash
    ) =>
        new()
        {
            Id = row.Id,
            SwappedAt = row.SwappedAt,
            EvaluatorBefore = row.EvaluatorBefore,
            EvaluatorAfter = row.EvaluatorAfter,
            Labels =
            [
                .. from change in JsonSerializer.Deserialize<List<LabelChange>>(row.Labels, CoosJson.Options)!
                select new LabelChange(
                    change.Split,
                    change.Before is null ? null : hash(change.Before),
                    change.After is null ? null : hash(change.After)
                ),
            ],
            Entries =
            [
                .. from change in JsonSerializer.Deserialize<List<RankChange>>(row.Entries, CoosJson.Options)!
                where shown.ContainsKey(change.Id)
                let entry = shown[change.Id].Entry
                select new ChangedEntry(
                    change.Id,
                    entry.Method,
                    entry.Submitter,
                    change.RankBefore,
                    change.RankAfter,
                    change.ScoreBefore is { } before ? metric.ToValue(before) : null,
                    change.ScoreAfter is { } after ? metric.ToValue(after) : null
                ),
            ],
        };
}
