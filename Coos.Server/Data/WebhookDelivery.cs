using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A message to a webhook. The row is the truth about it, whatever any queue says.</summary>
internal sealed class WebhookDelivery
{
    public const int EventLength = 20;
    public const int ErrorLength = 300;

    public required Guid Id { get; init; }

    public Guid WebhookId { get; init; }

    public Webhook? Webhook { get; init; }

    /// <summary>What it tells: <c>scored</c>, <c>rankChanged</c>, <c>ping</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The JSON that is sent, the same bytes at each attempt.</summary>
    public required string Payload { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>From when on it may be tried.</summary>
    public DateTime NextAttemptAt { get; set; }

    /// <summary>The status of the last answer; null without one.</summary>
    public int? LastStatus { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; set; }

    public DateTime? DeliveredAt { get; set; }

    /// <summary>When it was given up.</summary>
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

            // What is due.
            builder.HasIndex(d => new
            {
                d.DeliveredAt,
                d.GivenUpAt,
                d.NextAttemptAt,
            });
        }
    }
}
