using Coos.Web.Data;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Webhooks;

/// <summary>Queues the messages that are due, finds ranks that changed, and drops old rows, every few seconds.</summary>
internal sealed partial class WebhookSweep(
    IDbContextFactory<CoosDbContext> databases, IBackgroundJobClient jobs, RankWatch ranks, TimeProvider clock, ILogger<WebhookSweep> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>How long the delivery log goes back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await ranks.LookAsync(stoppingToken);
                await QueueAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database may be busy or away; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Queues what is due. What is queued twice is claimed once.</summary>
    /// <returns>How many were.</returns>
    public async Task<int> QueueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var old = now - Kept;
        await database.WebhookDeliveries.Where(d => d.CreatedAt < old).ExecuteDeleteAsync(cancellation);
        var due = await database.WebhookDeliveries
            .Where(d => d.DeliveredAt == null && d.GivenUpAt == null && d.NextAttemptAt <= now && d.Webhook!.PausedAt == null)
            .OrderBy(d => d.NextAttemptAt)
            .Select(d => d.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
        due.ForEach(id => jobs.Enqueue<WebhookDispatch>(dispatch => dispatch.SendAsync(id, CancellationToken.None)));
        return due.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(331, LogLevel.Warning, "The sweep for messages to webhooks failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
