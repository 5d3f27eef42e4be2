using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>Claims a message, sends it and records the result. Safe to call repeatedly and from several processes.</summary>
internal sealed partial class WebhookDispatch(
    IDbContextFactory<CoosDbContext> databases,
    WebhookSender sender,
    WebhookSecrets secrets,
    TimeProvider clock,
    ILogger<WebhookDispatch> logger
)
{
    /// <summary>The number of consecutive undelivered messages after which a webhook is paused.</summary>
    public const int PausedAfter = 10;

    /// <summary>The delay after each attempt. There is no attempt after the last one.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryDelays =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromMinutes(1),
    ];

    /// <summary>
    /// Makes one attempt to send a message; its row says when the next one is due. If cancelled, the attempt is not counted,
    /// because the receiver did not fail.
    /// </summary>
    public async Task SendAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var delivery = await database.WebhookDeliveries.Include(d => d.Webhook).FirstOrDefaultAsync(d => d.Id == id, cancellation);
        if (delivery?.Webhook is not { } webhook || !await TryClaimAsync(database, delivery, cancellation))
        {
            return;
        }

        try
        {
            var (status, error) = await TrySendAsync(webhook, delivery, cancellation);
            await RecordAsync(database, webhook, delivery, status, error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await ReleaseAsync(database, delivery);
        }
    }

    /// <summary>
    /// Counts the attempt before it is made, so that attempts interrupted by crashes are repeated, but not for ever. Fails if the
    /// webhook is no longer active: its account may have been closed since the message was written.
    /// </summary>
    private async Task<bool> TryClaimAsync(CoosDbContext database, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var next = now + RetryDelays[Math.Min(delivery.Attempts, RetryDelays.Count - 1)];
        var attempts = delivery.Attempts;
        var active = WebhookOutbox.Active(database);
        return await database
                .WebhookDeliveries.Where(d =>
                    d.Id == delivery.Id && d.Attempts == attempts && d.DeliveredAt == null && d.GivenUpAt == null && d.NextAttemptAt <= now
                )
                .Where(d => active.Any(w => w.Id == d.WebhookId))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.Attempts, d => d.Attempts + 1).SetProperty(d => d.NextAttemptAt, next),
                    cancellation
                ) == 1;
    }

    private async Task<(int? Status, string? Error)> TrySendAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            return await sender.SendAsync(
                new WebhookMessage(delivery.Id, new Uri(webhook.Url), secrets.Unprotect(webhook.Secret), delivery.Event, delivery.Payload),
                cancellation
            );
        }
        catch (WebhookException e)
        {
            return (null, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Treat it like any failure: the message is given up after the last attempt.
            Log.NotSent(logger, delivery.Id, webhook.Id, e);
            return (null, "could not be sent because of a server error; the cause is in the server's log");
        }
    }

    /// <summary>Undoes a claim. The message may have arrived; receivers ignore known deliveries.</summary>
    private static async Task ReleaseAsync(CoosDbContext database, WebhookDelivery delivery)
    {
        var (attempts, next) = (delivery.Attempts, delivery.NextAttemptAt);
        await database
            .WebhookDeliveries.Where(d => d.Id == delivery.Id && d.Attempts == attempts + 1)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, attempts).SetProperty(d => d.NextAttemptAt, next));
    }

    private async Task RecordAsync(CoosDbContext database, Webhook webhook, WebhookDelivery delivery, int? status, string? error)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var isGivenUp = error is not null && delivery.Attempts + 1 >= RetryDelays.Count;
        var text = error is { Length: > WebhookDelivery.ErrorLength } ? error[..WebhookDelivery.ErrorLength] : error;

        // Without a cancellation token: the result is recorded even if the server is shutting down.
        await database
            .WebhookDeliveries.Where(d => d.Id == delivery.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(d => d.LastStatus, status)
                    .SetProperty(d => d.LastError, text)
                    .SetProperty(d => d.DeliveredAt, error is null ? now : (DateTime?)null)
                    .SetProperty(d => d.GivenUpAt, isGivenUp ? now : (DateTime?)null)
            );
        if (error is null && webhook.GivenUpInARow > 0)
        {
            await database.Webhooks.Where(w => w.Id == webhook.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.GivenUpInARow, 0));
        }
        else if (isGivenUp)
        {
            Log.GivenUp(logger, delivery.Id, webhook.Id, error!);
            await database
                .Webhooks.Where(w => w.Id == webhook.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(w => w.GivenUpInARow, w => w.GivenUpInARow + 1)
                        .SetProperty(w => w.PausedAt, w => w.GivenUpInARow + 1 >= PausedAfter ? now : w.PausedAt)
                );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Warning, "Message {Delivery} to webhook {Webhook} was given up: {Reason}")]
        public static partial void GivenUp(ILogger logger, Guid delivery, Guid webhook, string reason);

        [LoggerMessage(333, LogLevel.Error, "Message {Delivery} to webhook {Webhook} could not be sent")]
        public static partial void NotSent(ILogger logger, Guid delivery, Guid webhook, Exception exception);
    }
}
