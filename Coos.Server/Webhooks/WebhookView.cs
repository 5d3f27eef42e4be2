using Coos.Server.Data;

namespace Coos.Server.Webhooks;

/// <summary>A webhook as shown to its owner, without its secret.</summary>
public sealed record WebhookView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address that messages are sent to.</summary>
    public required string Target { get; init; }

    /// <summary>The benchmark that it is about; null for all.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Whether it is notified when a submission was scored or failed.</summary>
    public bool OnScored { get; init; }

    /// <summary>Whether it is notified of changed ranks.</summary>
    public bool OnRankChanged { get; init; }

    /// <summary>Whether it is notified of all submissions.</summary>
    public bool IsForAll { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it was paused because too many messages failed, UTC; null while it works.</summary>
    public DateTime? PausedAt { get; init; }

    /// <summary>Its deliveries, newest first.</summary>
    public required IReadOnlyList<DeliveryView> Deliveries { get; init; }

    internal static WebhookView From(Webhook webhook) =>
        new()
        {
            Id = webhook.Id,
            Target = webhook.Url,
            Benchmark = webhook.Benchmark,
            OnScored = webhook.OnScored,
            OnRankChanged = webhook.OnRankChanged,
            IsForAll = webhook.IsForAll,
            CreatedAt = webhook.CreatedAt,
            PausedAt = webhook.PausedAt,
            Deliveries = [.. webhook.Deliveries.OrderByDescending(d => d.CreatedAt).Select(DeliveryView.From)],
        };
}

/// <summary>A message and the result of its delivery.</summary>
public sealed record DeliveryView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The event: <c>scored</c>, <c>rankChanged</c> or <c>ping</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The JSON that is sent.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>When the next attempt is due; null if there is none.</summary>
    public DateTime? NextAttemptAt { get; init; }

    /// <summary>The state of the delivery, in words.</summary>
    public required string State { get; init; }

    internal static DeliveryView From(WebhookDelivery delivery) =>
        new()
        {
            Id = delivery.Id,
            Event = delivery.Event,
            Payload = delivery.Payload,
            CreatedAt = delivery.CreatedAt,
            Attempts = delivery.Attempts,
            NextAttemptAt = delivery is { DeliveredAt: null, GivenUpAt: null } ? delivery.NextAttemptAt : null,
            State = delivery switch
            {
                { DeliveredAt: not null } => $"delivered, answered {delivery.LastStatus}",
                { GivenUpAt: not null } => $"given up: {delivery.LastError}",
                { Attempts: > 0, LastError: not null } => $"failed: {delivery.LastError}",
                { Attempts: > 0 } => "being sent",
                _ => "waiting",
            },
        };
}
