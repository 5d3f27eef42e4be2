using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Webhooks;

/// <summary>Claims a message, sends it and records what came of it. Safe to call twice, from anywhere, at any time.</summary>
internal sealed partial class WebhookDispatch(
    IDbContextFactory<CoosDbContext> databases,
    WebhookSender sender,
    WebhookSecrets secrets,
    TimeProvider clock,
    ILogger<WebhookDispatch> logger
)
{
    /// <summary>A webhook is stopped after this many messages in a row that nobody took.</summary>
    public const int PausedAfter = 10;

    /// <summary>How long to wait after each attempt; the last has no other after it.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromMinutes(1),
    ];

    /// <summary>Tries a message once. Its row says when it is tried again. Whoever is told to stop gives the attempt back: the receiver did not fail.</summary>
    public async Task SendAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var delivery = await database.WebhookDeliveries.Include(d => d.Webhook).FirstOrDefaultAsync(d => d.Id == id, cancellation);
        if (delivery?.Webhook is not { PausedAt: null } webhook || !await TryClaimAsync(database, delivery, cancellation))
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
            await GiveBackAsync(database, delivery);
        }
    }

    /// <summary>Counts the attempt before it is made: one that a crash cuts short is made again, but not for ever.</summary>
    private async Task<bool> TryClaimAsync(CoosDbContext database, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var next = now + Waits[Math.Min(delivery.Attempts, Waits.Count - 1)];
        var attempts = delivery.Attempts;
        return await database
                .WebhookDeliveries.Where(d =>
                    d.Id == delivery.Id && d.Attempts == attempts && d.DeliveredAt == null && d.GivenUpAt == null && d.NextAttemptAt <= now
                )
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
            // A failure like others: it is given up in the end.
            Log.NotSent(logger, delivery.Id, webhook.Id, e);
            return (null, "could not be sent: an error of this server, which its log has");
        }
    }

    /// <summary>Undoes a claim. It may have come: a receiver drops what it knows.</summary>
    private static async Task GiveBackAsync(CoosDbContext database, WebhookDelivery delivery)
    {
        var (attempts, next) = (delivery.Attempts, delivery.NextAttemptAt);
        await database
            .WebhookDeliveries.Where(d => d.Id == delivery.Id && d.Attempts == attempts + 1)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, attempts).SetProperty(d => d.NextAttemptAt, next));
    }

    private async Task RecordAsync(CoosDbContext database, Webhook webhook, WebhookDelivery delivery, int? status, string? error)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var isGivenUp = error is not null && delivery.Attempts + 1 >= Waits.Count;
        var text = error is { Length: > WebhookDelivery.ErrorLength } ? error[..WebhookDelivery.ErrorLength] : error;

        // What happened is recorded even when the server goes down meanwhile.
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
