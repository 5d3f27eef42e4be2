using Coos.Web.Data;

namespace Coos.Web.Webhooks;

/// <summary>A webhook as its owner sees it: without its secret.</summary>
public sealed record WebhookView
{
    public required Guid Id { get; init; }

    public required string Target { get; init; }

    public string? Benchmark { get; init; }

    public bool OnScored { get; init; }

    public bool OnRankChanged { get; init; }

    public bool IsForAll { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? PausedAt { get; init; }

    /// <summary>What was sent to it, the newest first.</summary>
    public required IReadOnlyList<DeliveryView> Deliveries { get; init; }

    internal static WebhookView Of(Webhook webhook) => new()
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
    public required Guid Id { get; init; }

    public required string Event { get; init; }

    public required string Payload { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>When it is tried again; null where it is not.</summary>
    public DateTime? NextAttemptAt { get; init; }

    /// <summary>What came of it, in words.</summary>
    public required string State { get; init; }

    internal static DeliveryView Of(WebhookDelivery delivery) => new()
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
