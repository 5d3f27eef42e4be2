using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>An evaluation of a submission. New labels or a new evaluator add an evaluation; none is overwritten.</summary>
internal sealed class StoredEvaluation
{
    public const int VersionLength = 20;

    public required Guid Id { get; init; }

    public Guid SubmissionId { get; init; }

    public required string EvaluatorVersion { get; init; }

    /// <summary>The hash over the labels of all splits and, for a benchmark with a sealed part, their division.</summary>
    public required string LabelsHash { get; init; }

    public required string PredictionsHash { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The report as JSON, exactly as the API sends it.</summary>
    public required string Report { get; init; }

    public ICollection<StoredSplitScore> Splits { get; } = [];

    /// <summary>The scores on the sealed part; empty for a benchmark without one.</summary>
    public ICollection<StoredSealedScore> SealedSplits { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<StoredEvaluation>
    {
        public void Configure(EntityTypeBuilder<StoredEvaluation> builder)
        {
            builder.ToTable("Evaluations");
            builder.Property(e => e.Id).ValueGeneratedNever();
            builder.Property(e => e.EvaluatorVersion).HasMaxLength(VersionLength);
            builder.Property(e => e.LabelsHash).HasMaxLength(ContentHash.Length);
            builder.Property(e => e.PredictionsHash).HasMaxLength(ContentHash.Length);
            builder.HasMany(e => e.Splits).WithOne().HasForeignKey(s => s.EvaluationId);
            builder.HasMany(e => e.SealedSplits).WithOne().HasForeignKey(s => s.EvaluationId);

            // If two evaluators score the same submission, only one result is stored.
            builder
                .HasIndex(e => new
                {
                    e.SubmissionId,
                    e.EvaluatorVersion,
                    e.LabelsHash,
                })
                .IsUnique();
        }
    }
}
