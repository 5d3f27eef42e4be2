using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The ranks of a benchmark that a webhook was told last, so that it hears of each change once.</summary>
internal sealed class WebhookRanks
{
    public required Guid WebhookId { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>The ranks by submission, as JSON.</summary>
    public required string Ranks { get; set; }

    /// <summary>Counts the changes: of two processes that found the same one, one tells it.</summary>
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
