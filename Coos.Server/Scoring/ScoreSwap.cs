using System.Text.Json;
using Coos.Evaluator;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Replaces the scores of a benchmark, all at once, when the last of its submissions is rescored, and records how that
/// changed the ranks. Until then every reader sees the old board. After a crash the evaluations stay pending and the sweep
/// completes the swap.
/// </summary>
internal sealed partial class ScoreSwap(IRankReader ranks, TimeProvider clock, ILogger<ScoreSwap> logger)
{
    /// <summary>Whether submissions of a benchmark are being rescored, so that newly scored ones must wait for them.</summary>
    public static async Task<bool> IsRescoringAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        await Waiting(database, benchmark).AnyAsync(cancellation)
        || await Pending(database, benchmark).AnyAsync(s => s.PendingEvaluationId != s.CurrentEvaluationId, cancellation);

    /// <summary>Swaps the scores if no submission still waits to be rescored. Call it within a transaction.</summary>
    /// <returns>Whether a board changed.</returns>
    public async Task<bool> TryAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        if (
            !await Pending(database, benchmark.Slug).AnyAsync(cancellation)
            || await Waiting(database, benchmark.Slug).AnyAsync(cancellation)
        )
        {
            return false;
        }

        var reasons = await ReadReasonsAsync(database, benchmark.Slug, cancellation);
        var before = await ranks.ReadRanksAsync(database, benchmark, cancellation);
        await Pending(database, benchmark.Slug)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.CurrentEvaluationId, s => s.PendingEvaluationId)
                        .SetProperty(s => s.PendingEvaluationId, (Guid?)null),
                cancellation
            );

        // Submissions that were scored for the first time meanwhile join the board now.
        await Publication.MarkAsync(
            database.Submissions.Where(s => s.Benchmark == benchmark.Slug),
            clock.GetUtcNow().UtcDateTime,
            cancellation
        );
        if (reasons is not null)
        {
            var entries = RankChange.Between(before, await ranks.ReadRanksAsync(database, benchmark, cancellation));
            database.Add(ToRow(benchmark.Slug, reasons, entries));
            await database.SaveChangesAsync(cancellation);
            Log.Swapped(logger, benchmark.Slug, entries.Count);
        }

        return true;
    }

    private BoardChange ToRow(string benchmark, Reasons reasons, IReadOnlyList<RankChange> entries)
    {
        var now = clock.GetUtcNow();
        return new BoardChange
        {
            Id = Guid.CreateVersion7(now),
            Benchmark = benchmark,
            SwappedAt = now.UtcDateTime,
            EvaluatorBefore = reasons.EvaluatorBefore,
            EvaluatorAfter = SplitEvaluator.Version,
            Labels = JsonSerializer.Serialize(reasons.Labels, CoosJson.Options),
            Entries = JsonSerializer.Serialize(entries, CoosJson.Options),
        };
    }

    /// <summary>
    /// The reasons for the rescoring: the evaluator versions and labels that differ between old and new evaluations. Null if
    /// only first scores or unlisted submissions were pending.
    /// </summary>
    private static async Task<Reasons?> ReadReasonsAsync(CoosDbContext database, string benchmark, CancellationToken cancellation)
    {
        // Listed submissions only: a rescoring of private ones must not become public.
        var changed = Pending(database, benchmark).Listed().Where(s => s.PendingEvaluationId != s.CurrentEvaluationId);

        // Join from the submissions: a membership test per evaluation would block all writers on a board of thousands.
        var evaluators = await changed
            .Join(database.Evaluations, s => s.CurrentEvaluationId, e => e.Id, (_, e) => e.EvaluatorVersion)
            .GroupBy(v => v)
            .Select(g => new { Version = g.Key, Count = g.Count() })
            .ToListAsync(cancellation);
        if (evaluators.Count == 0)
        {
            return null;
        }

        var before = await ReadLabelHashesAsync(
            database,
            changed.Join(database.SplitScores, s => s.CurrentEvaluationId, p => p.EvaluationId, (_, p) => p),
            cancellation
        );
        var after = await ReadLabelHashesAsync(
            database,
            changed.Join(database.SplitScores, s => s.PendingEvaluationId, p => p.EvaluationId, (_, p) => p),
            cancellation
        );
        return new Reasons(
            evaluators.MaxBy(e => e.Count)!.Version,
            [
                .. before
                    .Where(b => after.TryGetValue(b.Key, out var hash) && hash != b.Value)
                    .Select(b => new LabelChange(b.Key, b.Value, after[b.Key]))
                    .OrderBy(c => c.Split, StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>The hash of the labels that most of the scores were made with, by split.</summary>
    private static async Task<Dictionary<string, string>> ReadLabelHashesAsync(
        CoosDbContext database,
        IQueryable<StoredSplitScore> scores,
        CancellationToken cancellation
    )
    {
        var used = await scores
            .GroupBy(p => new { p.Split, p.LabelVersionId })
            .Select(g => new
            {
                g.Key.Split,
                g.Key.LabelVersionId,
                Count = g.Count(),
            })
            .ToListAsync(cancellation);
        Guid[] ids = [.. used.Select(u => u.LabelVersionId).Distinct()];
        var hashes = await database.LabelVersions.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Hash, cancellation);
        return used.GroupBy(u => u.Split).ToDictionary(g => g.Key, g => hashes[g.MaxBy(u => u.Count)!.LabelVersionId]);
    }

    private static IQueryable<Submission> Waiting(CoosDbContext database, string benchmark) =>
        database.Submissions.Unscored().Where(s => s.Benchmark == benchmark && s.CurrentEvaluationId != null);

    private static IQueryable<Submission> Pending(CoosDbContext database, string benchmark) =>
        database.Submissions.Where(s => s.Benchmark == benchmark && s.PendingEvaluationId != null);

    private sealed record Reasons(string EvaluatorBefore, IReadOnlyList<LabelChange> Labels);

    private static partial class Log
    {
        [LoggerMessage(223, LogLevel.Information, "{Benchmark} now shows its new scores; the rank or score of {Entries} entries changed")]
        public static partial void Swapped(ILogger logger, string benchmark, int entries);
    }
}
