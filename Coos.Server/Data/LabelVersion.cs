using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A version of a split's labels. Versions are never deleted, because evaluations refer to them.</summary>
internal sealed class LabelVersion
{
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Split { get; init; }

    public required string Hash { get; init; }

    public int Images { get; init; }

    /// <summary>The canonical label file, compressed with gzip.</summary>
    public required byte[] Content { get; init; }

    /// <summary>When this version became current. The newest version of a split is the current one.</summary>
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
