using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A message to a webhook. The row is authoritative for its state; queues only trigger work.</summary>
internal sealed class WebhookDelivery
{
    public const int EventLength = 20;
    public const int ErrorLength = 300;

    public required Guid Id { get; init; }

    public Guid WebhookId { get; init; }

    public Webhook? Webhook { get; init; }

    /// <summary>The event: <c>scored</c>, <c>rankChanged</c>, <c>ping</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The JSON payload. Each attempt sends the same bytes.</summary>
    public required string Payload { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>The earliest time of the next attempt.</summary>
    public DateTime NextAttemptAt { get; set; }

    /// <summary>The HTTP status of the last response; null if there was none.</summary>
    public int? LastStatus { get; set; }

    /// <summary>The error of the last attempt.</summary>
    public string? LastError { get; set; }

    public DateTime? DeliveredAt { get; set; }

    /// <summary>When delivery was abandoned.</summary>
    public DateTime? GivenUpAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.ToTable("WebhookDeliveries");
            builder.Property(d => d.Id).ValueGeneratedNever();
            builder.Property(d => d.Event).HasMaxLength(EventLength);
            builder.Property(d => d.LastError).HasMaxLength(ErrorLength);
            builder.HasIndex(d => new { d.WebhookId, d.CreatedAt });

            // Finds due deliveries.
            builder.HasIndex(d => new
            {
                d.DeliveredAt,
                d.GivenUpAt,
                d.NextAttemptAt,
            });
        }
    }
}
