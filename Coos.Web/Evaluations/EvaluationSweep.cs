using Coos.Shared.Submissions;
using Coos.Web.Benchmarks;
using Coos.Web.Data;
using Coos.Web.Leaderboard;
using Coos.Web.Leaderboard.Changes;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Evaluations;

/// <summary>
/// Takes up what a crash or a full queue left behind: every few seconds, and at start, whatever waits or was claimed too
/// long ago is queued again. The rows are the truth; the queue may be lost.
/// </summary>
internal sealed partial class EvaluationSweep(
    IDbContextFactory<CoosDbContext> databases,
    EvaluationQueue queue,
    BenchmarkCatalog catalog,
    LabelStore labels,
    BoardSwap swap,
    LeaderboardCache leaderboards,
    TimeProvider clock,
    ILogger<EvaluationSweep> logger) : BackgroundService
{
    private const int Batch = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Received rows younger than this are in the queue for certain.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
                await SwapAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database may be busy or away; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Queues what waits.</summary>
    /// <returns>How many submissions were queued.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var received = now - Grace;
        var abandoned = now - EvaluationService.ClaimTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var waiting = await database.Submissions
            .Where(s =>
                (s.Status == SubmissionStatus.Received && s.CreatedAt < received)
                || (s.Status == SubmissionStatus.Scoring && s.ClaimedAt < abandoned))
            .OrderBy(s => s.CreatedAt)
            .Select(s => s.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        waiting.ForEach(queue.Enqueue);
        return waiting.Count;
    }

    /// <summary>Swaps boards whose scores are all made anew, where a crash or another process left that undone.</summary>
    public async Task SwapAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var waiting = await database.Submissions.Where(s => s.PendingEvaluationId != null).Select(s => s.Benchmark).Distinct().ToListAsync(cancellation);
        foreach (var slug in waiting.Where(slug => !labels.IsChanging(slug)))
        {
            if (catalog.TryGet(slug, out var folder))
            {
                await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
                var isSwapped = await swap.TryAsync(database, folder.Benchmark, cancellation);
                await transaction.CommitAsync(cancellation);
                if (isSwapped)
                {
                    await leaderboards.EvictAsync(slug, cancellation);
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "The sweep for waiting submissions failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
