using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Takes up what a crash or a full queue left behind: every few seconds, and at start, whatever waits or was claimed too
/// long ago is queued again. The rows are the truth; the queue may be lost.
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
    /// <summary>The queue is filled up to so many and no further; what is worked on within <see cref="RequeueAfter"/> on two processors.</summary>
    private const int Batch = 300;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>How long a row that was queued by a sweep is left to the queue.</summary>
    private static readonly TimeSpan RequeueAfter = TimeSpan.FromSeconds(6);

    /// <summary>How often what is on a board is looked at whether it has the time since when.</summary>
    private static readonly TimeSpan PublishPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Received rows younger than this are in the queue for certain. Those of a later time than now are not: the clock was set back since.</summary>
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
                // The database may be busy or away; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Queues what waits.</summary>
    /// <returns>How many submissions were queued.</returns>
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

        var lacking = await LackingAsync(database, now, cancellation);
        var forgotten = waiting
            .Where(id => !_queued.TryGetValue(id, out var at) || clock.GetElapsedTime(at) > RequeueAfter)
            .OrderBy(_queued.ContainsKey)
            .Take(lacking)
            .ToList();
        foreach (var id in forgotten)
        {
            _queued[id] = clock.GetTimestamp();
            queue.Enqueue(id);
        }

        return forgotten.Count;
    }

    /// <summary>
    /// How many of the rows that an evaluator may take have no job. An overloaded server's rows wait for longer than
    /// <see cref="MinimumAge"/> and have one: were they queued again, the queue would grow by that and never be done.
    /// </summary>
    private async Task<int> LackingAsync(CoosDbContext database, DateTime now, CancellationToken cancellation)
    {
        var free = await database.Submissions.Where(EvaluationClaims.IsFree(now)).CountAsync(cancellation);
        return (int)Math.Max(0, Math.Min(free, Batch) - queue.Count);
    }

    /// <summary>Swaps boards whose scores are all made anew, where a crash or another process left that undone.</summary>
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
                    await results.InvalidateAsync(slug, cancellation);
                }
            }
        }
    }

    /// <summary>
    /// Gives what stands on a board the time since when, where an evaluator of before there was one scored it: while a server
    /// of several processes is upgraded one by one, such an evaluator still works.
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
