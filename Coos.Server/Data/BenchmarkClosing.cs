using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// Records that a benchmark was closed, by an organiser or by its closing date. Its labels are no longer secret from then on, so a
/// row is never removed.
/// </summary>
internal sealed class BenchmarkClosing
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>When it was closed, UTC.</summary>
    public required DateTime ClosedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BenchmarkClosing>
    {
        public void Configure(EntityTypeBuilder<BenchmarkClosing> builder)
        {
            builder.HasKey(c => c.Benchmark);
            builder.Property(c => c.Benchmark).HasMaxLength(Submission.BenchmarkLength);
        }
    }
}
