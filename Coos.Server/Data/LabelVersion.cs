using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The labels of one split as they were from some day on. Kept for ever: evaluations refer to them.</summary>
internal sealed class LabelVersion
{
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Split { get; init; }

    public required string Hash { get; init; }

    public int Images { get; init; }

    /// <summary>The canonical label file, gzip.</summary>
    public required byte[] Content { get; init; }

    /// <summary>When it became the current one; the newest of a split counts.</summary>
    public DateTime ActivatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LabelVersion>
    {
        public void Configure(EntityTypeBuilder<LabelVersion> builder)
        {
            builder.Property(v => v.Id).ValueGeneratedNever();
            builder.Property(v => v.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(v => v.Split).HasMaxLength(PredictionFile.SplitLength);
            builder.Property(v => v.Hash).HasMaxLength(ContentHash.Length);
            builder
                .HasIndex(v => new
                {
                    v.Benchmark,
                    v.Split,
                    v.Hash,
                })
                .IsUnique();
        }
    }
}
