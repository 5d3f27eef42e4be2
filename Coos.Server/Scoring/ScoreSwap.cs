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
/// Puts the new scores of a benchmark in the place of the old ones, all at once, when the last of its submissions is
/// scored anew, and records what that did to the ranks. Until then every reader sees the old board; a crash in between
/// leaves evaluations waiting, and the sweep goes on with them.
/// </summary>
internal sealed partial class ScoreSwap(IRankReader ranks, TimeProvider clock, ILogger<ScoreSwap> logger)
{
    /// <summary>Whether submissions of a benchmark are being scored anew, so that what is scored first has to wait for them.</summary>
    public static async Task<bool> IsRescoringAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        await Waiting(database, benchmark).AnyAsync(cancellation)
        || await Pending(database, benchmark).AnyAsync(s => s.PendingEvaluationId != s.CurrentEvaluationId, cancellation);

    /// <summary>Swaps if nothing waits to be scored anew any more. Belongs into a transaction of the caller.</summary>
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

        // What was scored for the first time meanwhile joins the board now.
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

    /// <summary>Why: what the old evaluations were made with and the new ones are. Null where only first scores waited, or what nobody sees.</summary>
    private static async Task<Reasons?> ReadReasonsAsync(CoosDbContext database, string benchmark, CancellationToken cancellation)
    {
        // Of what is listed only: that something private was scored anew is nobody's business.
        var changed = Pending(database, benchmark).Listed().Where(s => s.PendingEvaluationId != s.CurrentEvaluationId);

        // Joined from the submissions on: asked of each evaluation whether it is one of theirs, a board of thousands holds up
        // everybody who writes.
        var evaluators = await changed
            .Join(database.Evaluations, s => s.CurrentEvaluationId, e => e.Id, (_, e) => e.EvaluatorVersion)
            .GroupBy(v => v)
            .Select(g => new { Version = g.Key, Count = g.Count() })
            .ToListAsync(cancellation);
        if (evaluators.Count == 0)
        {
            return null;
        }

        var before = await LabelsOfAsync(
            database,
            changed.Join(database.SplitScores, s => s.CurrentEvaluationId, p => p.EvaluationId, (_, p) => p),
            cancellation
        );
        var after = await LabelsOfAsync(
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

    /// <summary>The hash of the labels that most of some scores were made with, by split.</summary>
    private static async Task<Dictionary<string, string>> LabelsOfAsync(
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
        [LoggerMessage(223, LogLevel.Information, "{Benchmark} shows its new scores; {Entries} entries have another rank or score")]
        public static partial void Swapped(ILogger logger, string benchmark, int entries);
    }
}
