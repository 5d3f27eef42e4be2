using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>An account's request to take part in a benchmark, and an organiser's decision.</summary>
internal sealed class Participation
{
    /// <summary>The maximum number of characters in a message.</summary>
    public const int MessageLength = 1000;

    public required Guid AccountId { get; init; }

    public required string Benchmark { get; init; }

    public ParticipationState State { get; set; }

    /// <summary>What the account wrote to the organisers; null for nothing.</summary>
    public string? Message { get; set; }

    /// <summary>When the account asked, UTC; null if an organiser decided without being asked.</summary>
    public DateTime? RequestedAt { get; set; }

    /// <summary>When an organiser last decided, UTC; null if none has.</summary>
    public DateTime? DecidedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Participation>
    {
        public void Configure(EntityTypeBuilder<Participation> builder)
        {
            builder.HasKey(p => new { p.AccountId, p.Benchmark });
            builder.Property(p => p.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(p => p.Message).HasMaxLength(MessageLength);
            builder.HasIndex(p => p.Benchmark);
            builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
