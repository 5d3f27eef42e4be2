using Coos.Server.Data;

namespace Coos.Server.Webhooks;

/// <summary>A webhook as its owner sees it: without its secret.</summary>
public sealed record WebhookView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address that messages are sent to.</summary>
    public required string Target { get; init; }

    /// <summary>The benchmark that it is about; null for all.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Whether it is notified when a submission was scored, or could not be.</summary>
    public bool OnScored { get; init; }

    /// <summary>Whether it is notified of changed ranks.</summary>
    public bool OnRankChanged { get; init; }

    /// <summary>Whether it is notified of everybody's submissions.</summary>
    public bool IsForAll { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it was paused because too many messages failed, UTC; null while it works.</summary>
    public DateTime? PausedAt { get; init; }

    /// <summary>What was sent to it, the newest first.</summary>
    public required IReadOnlyList<DeliveryView> Deliveries { get; init; }

    internal static WebhookView Of(Webhook webhook) =>
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
            Deliveries = [.. webhook.Deliveries.OrderByDescending(d => d.CreatedAt).Select(DeliveryView.Of)],
        };
}

/// <summary>A message and what came of it.</summary>
public sealed record DeliveryView
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it tells: <c>scored</c>, <c>rankChanged</c>, <c>ping</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The JSON that is sent.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried again; null where it is not.</summary>
    public DateTime? NextAttemptAt { get; init; }

    /// <summary>What came of it, in words.</summary>
    public required string State { get; init; }

    internal static DeliveryView Of(WebhookDelivery delivery) =>
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
                { DeliveredAt: not null } => $"taken, answered {delivery.LastStatus}",
                { GivenUpAt: not null } => $"given up: {delivery.LastError}",
                { Attempts: > 0, LastError: not null } => $"failed: {delivery.LastError}",
                { Attempts: > 0 } => "being sent",
                _ => "waits",
            },
        };
}
