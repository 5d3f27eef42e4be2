using System.Collections.Concurrent;
using System.Threading.Channels;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>
/// Every few seconds finds ranks that changed, drops old rows, and lines up the webhooks that something is due to; a few
/// senders take them in turn. Sending waits for strangers' servers, so it is no job of the evaluators' queue: a handful of
/// receivers that answer late would hold up all scores.
/// </summary>
internal sealed partial class WebhookSweep(
    IDbContextFactory<CoosDbContext> databases,
    WebhookDispatch dispatch,
    RankWatch ranks,
    TimeProvider clock,
    ILogger<WebhookSweep> logger
) : BackgroundService
{
    /// <summary>The most webhooks that are sent to at once. Waiting costs a connection each; more would crowd the database when they answer.</summary>
    public const int Senders = 16;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>How long a webhook may go on with its next message before it goes to the end of the line.</summary>
    public static readonly TimeSpan Turn = WebhookSender.Timeout;

    /// <summary>How long the delivery log goes back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly Channel<Guid> _line = Channel.CreateUnbounded<Guid>();

    /// <summary>The webhooks that stand in line or have their turn: none is in it twice, so that its messages go one after another.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _inLine = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([LookAsync(stoppingToken), .. Enumerable.Range(0, Senders).Select(_ => SendAsync(stoppingToken))]);

    private async Task LookAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await ranks.LookAsync(stopping);
                await LineUpAsync(stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // The database may be busy or away; the next round tries again.
                Log.SweepFailed(logger, e);
            }
        } while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Lines up the webhooks that something is due to, those that wait longest first.</summary>
    private async Task LineUpAsync(CancellationToken stopping)
    {
        await using var database = await databases.CreateDbContextAsync(stopping);
        var old = clock.GetUtcNow().UtcDateTime - Kept;
        await database.WebhookDeliveries.Where(d => d.CreatedAt < old).ExecuteDeleteAsync(stopping);
        var webhooks = await Due(database)
            .GroupBy(d => d.WebhookId)
            .OrderBy(g => g.Min(d => d.NextAttemptAt))
            .Select(g => g.Key)
            .ToListAsync(stopping);
        foreach (var webhook in webhooks.Where(w => _inLine.TryAdd(w, true)))
        {
            _line.Writer.TryWrite(webhook);
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        await foreach (var webhook in _line.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await SendAsync(webhook, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.TurnFailed(logger, webhook, e);
            }
            finally
            {
                _inLine.TryRemove(webhook, out _);
            }
        }
    }

    /// <summary>Sends what is due to a webhook, one after another, until its turn is over; a round lines it up again for what is left.</summary>
    private async Task SendAsync(Guid webhook, CancellationToken stopping)
    {
        var start = clock.GetTimestamp();
        do
        {
            if (await NextAsync(webhook, stopping) is not { } next)
            {
                return;
            }

            await dispatch.SendAsync(next, stopping);
        } while (clock.GetElapsedTime(start) < Turn);
    }

    private async Task<Guid?> NextAsync(Guid webhook, CancellationToken stopping)
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
        return database.WebhookDeliveries.Where(d =>
            d.DeliveredAt == null && d.GivenUpAt == null && d.NextAttemptAt <= now && d.Webhook!.PausedAt == null
        );
    }

    private static partial class Log
    {
        [LoggerMessage(331, LogLevel.Warning, "The sweep for messages to webhooks failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);

        [LoggerMessage(332, LogLevel.Warning, "Sending to webhook {Webhook} failed; what is due is sent in its next turn")]
        public static partial void TurnFailed(ILogger logger, Guid webhook, Exception exception);
    }
}
