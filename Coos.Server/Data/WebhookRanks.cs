using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The ranks of a benchmark that a webhook was last notified of, so that each change is sent once.</summary>
internal sealed class WebhookRanks
{
    public required Guid WebhookId { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>The ranks by submission, as JSON.</summary>
    public required string Ranks { get; set; }

    /// <summary>A concurrency counter: if two processes find the same change, only one of them sends it.</summary>
    public int Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookRanks>
    {
        public void Configure(EntityTypeBuilder<WebhookRanks> builder)
        {
            builder.ToTable("WebhookRanks");
            builder.HasKey(r => new { r.WebhookId, r.Benchmark });
            builder.Property(r => r.Benchmark).HasMaxLength(Submission.BenchmarkLength);
        }
    }
}
