using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A rescoring of a whole leaderboard: when and why it happened, and how ranks changed. Never changed or deleted.</summary>
internal sealed class BoardChange
{
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>When the new scores replaced the old ones, all at once.</summary>
    public DateTime SwappedAt { get; init; }

    /// <summary>The evaluator version of the old scores; the most frequent one if there were several.</summary>
    public required string EvaluatorBefore { get; init; }

    public required string EvaluatorAfter { get; init; }

    /// <summary>The splits whose labels changed, as JSON.</summary>
    public required string Labels { get; init; }

    /// <summary>All entries of the leaderboard before and after, as JSON.</summary>
    public required string Entries { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<BoardChange>
    {
        public void Configure(EntityTypeBuilder<BoardChange> builder)
        {
            builder.ToTable("BoardChanges");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(c => c.EvaluatorBefore).HasMaxLength(StoredEvaluation.VersionLength);
            builder.Property(c => c.EvaluatorAfter).HasMaxLength(StoredEvaluation.VersionLength);
            builder.HasIndex(c => new { c.Benchmark, c.SwappedAt });
        }
    }
}
