using System.Collections.Concurrent;
using System.Threading.Channels;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>
/// Every few seconds, finds changed ranks, deletes old deliveries and queues the webhooks that have messages due; a fixed
/// number of senders process them. Sending waits for external servers, so it does not use the evaluators' queue: a few slow
/// receivers would delay all scores.
/// </summary>
internal sealed partial class WebhookSweep(
    IDbContextFactory<CoosDbContext> databases,
    WebhookDispatch dispatch,
    RankWatch ranks,
    TimeProvider clock,
    ILogger<WebhookSweep> logger
) : BackgroundService
{
    /// <summary>
    /// The number of webhooks that are sent to concurrently. Each uses one connection while waiting; more would overload the
    /// database when responses arrive.
    /// </summary>
    public const int Senders = 16;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>How long messages of one webhook are sent before it goes to the end of the queue.</summary>
    public static readonly TimeSpan MaximumTurn = WebhookSender.Timeout;

    /// <summary>How long deliveries are kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    private readonly Channel<Guid> _queue = Channel.CreateUnbounded<Guid>();

    /// <summary>
    /// The webhooks that are queued or being processed. Each is queued at most once, so that its messages are sent one after
    /// another.
    /// </summary>
    private readonly ConcurrentDictionary<Guid, bool> _queued = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([ScheduleAsync(stoppingToken), .. Enumerable.Range(0, Senders).Select(_ => SendAsync(stoppingToken))]);

    private async Task ScheduleAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await ranks.CheckAsync(stopping);
                await EnqueueDueAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // The database may be busy or unavailable; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Queues the webhooks with due messages, longest waiting first.</summary>
    private async Task EnqueueDueAsync(CancellationToken stopping)
    {
        await using var database = await databases.CreateDbContextAsync(stopping);
        var old = clock.GetUtcNow().UtcDateTime - Retention;
        await database.WebhookDeliveries.Where(d => d.CreatedAt < old).ExecuteDeleteAsync(stopping);
        var webhooks = await Due(database)
            .GroupBy(d => d.WebhookId)
            .OrderBy(g => g.Min(d => d.NextAttemptAt))
            .Select(g => g.Key)
            .ToListAsync(stopping);
        foreach (var webhook in webhooks.Where(w => _queued.TryAdd(w, true)))
        {
            _queue.Writer.TryWrite(webhook);
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        await foreach (var webhook in _queue.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await SendAsync(webhook, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.SendingFailed(logger, webhook, e);
            }
            finally
            {
                _queued.TryRemove(webhook, out _);
            }
        }
    }

    /// <summary>
    /// Sends the due messages of a webhook one after another until its turn ends. The next round queues it again for the
    /// rest.
    /// </summary>
    private async Task SendAsync(Guid webhook, CancellationToken stopping)
    {
        var start = clock.GetTimestamp();
        do
        {
            if (await FindNextAsync(webhook, stopping) is not { } next)
            {
                return;
            }

            await dispatch.SendAsync(next, stopping);
        } while (clock.GetElapsedTime(start) < MaximumTurn);
    }

    private async Task<Guid?> FindNextAsync(Guid webhook, CancellationToken stopping)
    {
        await using var database = await databases.CreateDbContextAsync(stopping);
        return await Due(database)
            .Where(d => d.WebhookId == webhook)
            .OrderBy(d => d.NextAttemptAt)
            .ThenBy(d => d.Id)
            .Select(d => (Guid?)d.Id)
            .FirstOrDefaultAsync(stopping);
    }

    private IQueryable<WebhookDelivery> Due(CoosDbContext database)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var active = WebhookOutbox.Active(database);
        return database
            .WebhookDeliveries.Where(d => d.DeliveredAt == null && d.GivenUpAt == null && d.NextAttemptAt <= now)
            .Where(d => active.Any(w => w.Id == d.WebhookId));
    }

    private static partial class Log
    {
        [LoggerMessage(331, LogLevel.Warning, "The sweep for webhook messages failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);

        [LoggerMessage(332, LogLevel.Warning, "Sending to webhook {Webhook} failed; due messages are sent in its next turn")]
        public static partial void SendingFailed(ILogger logger, Guid webhook, Exception exception);
    }
}
