using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Requeues submissions that a crash or a lost queue left behind. At startup and every few seconds it queues those that wait
/// and those whose claim has expired. The rows are authoritative; the queue may be lost.
/// </summary>
internal sealed partial class ScoringSweep(
    IDbContextFactory<CoosDbContext> databases,
    EvaluationQueue queue,
    BenchmarkCatalog catalog,
    LabelStore labels,
    ScoreSwap swap,
    ResultVersions results,
    TimeProvider clock,
    ILogger<ScoringSweep> logger
) : BackgroundService
{
    /// <summary>The maximum number of queued jobs, which two processors complete within <see cref="RequeueAfter"/>.</summary>
    private const int Batch = 300;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>How long after a sweep queued a row before it may queue it again.</summary>
    private static readonly TimeSpan RequeueAfter = TimeSpan.FromSeconds(6);

    /// <summary>How often entries on boards are checked for a missing publication time.</summary>
    private static readonly TimeSpan PublishPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Received rows younger than this are certainly in the queue. Rows from the future are not: the clock was set back.</summary>
    private static readonly TimeSpan MinimumAge = TimeSpan.FromSeconds(3);

    private readonly Dictionary<Guid, long> _queued = [];
    private long? _published;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
                await SwapAsync(stoppingToken);
                await PublishAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database may be busy or unavailable; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Queues waiting submissions that have no job.</summary>
    /// <returns>The number of submissions that were queued.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (old, future) = (now - MinimumAge, now + MinimumAge);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var waiting = await database
            .Submissions.Where(EvaluationClaims.IsFree(now))
            .Where(s => s.Status != SubmissionStatus.Received || s.CreatedAt < old || s.CreatedAt > future)
            .OrderBy(s => s.CreatedAt)
            .Select(s => s.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        foreach (var id in _queued.Keys.Except(waiting).ToList())
        {
            _queued.Remove(id);
        }

        var unqueued = await CountUnqueuedAsync(database, now, cancellation);
        var toQueue = waiting
            .Where(id => !_queued.TryGetValue(id, out var at) || clock.GetElapsedTime(at) > RequeueAfter)
            .OrderBy(_queued.ContainsKey)
            .Take(unqueued)
            .ToList();
        foreach (var id in toQueue)
        {
            _queued[id] = clock.GetTimestamp();
            queue.Enqueue(id);
        }

        return toQueue.Count;
    }

    /// <summary>
    /// Estimates how many claimable rows have no job. On an overloaded server rows wait longer than <see cref="MinimumAge"/>
    /// although they have one; queueing them again would grow the queue without end.
    /// </summary>
    private async Task<int> CountUnqueuedAsync(CoosDbContext database, DateTime now, CancellationToken cancellation)
    {
        var free = await database.Submissions.Where(EvaluationClaims.IsFree(now)).CountAsync(cancellation);
        return (int)Math.Max(0, Math.Min(free, Batch) - queue.Count);
    }

    /// <summary>Swaps the scores of boards that are completely rescored, if a crash or another process left that undone.</summary>
    public async Task SwapAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var waiting = await database
            .Submissions.Where(s => s.PendingEvaluationId != null)
            .Select(s => s.Benchmark)
            .Distinct()
            .ToListAsync(cancellation);
        foreach (var slug in waiting.Where(slug => !labels.IsChanging(slug)))
        {
            if (catalog.TryGet(slug, out var folder))
            {
                await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
                var isSwapped = await swap.TryAsync(database, folder.Benchmark, cancellation);
                await transaction.CommitAsync(cancellation);
                if (isSwapped)
                {
                    await results.InvalidateAsync(slug);
                }
            }
        }
    }

    /// <summary>
    /// Sets the missing publication time of entries on boards. An evaluator of an older version does not set it, and may
    /// still run while a server of several processes is upgraded one by one.
    /// </summary>
    public async Task PublishAsync(CancellationToken cancellation)
    {
        if (_published is { } last && clock.GetElapsedTime(last) < PublishPeriod)
        {
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        await Publication.MarkAsync(database.Submissions.Where(s => s.PublishedAt == null), clock.GetUtcNow().UtcDateTime, cancellation);
        _published = clock.GetTimestamp();
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "The sweep for waiting submissions failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
