using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// What remains of a deleted submission to a benchmark with a ladder. Its submitter was told its score, so later submissions must
/// still improve on it.
/// </summary>
internal sealed class DeletedRung
{
    /// <summary>The id of the deleted submission.</summary>
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string SubmitterKey { get; init; }

    public Guid? OwnerId { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The ranking error when it was deleted, 0..1.</summary>
    public required double Error { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DeletedRung>
    {
        public void Configure(EntityTypeBuilder<DeletedRung> builder)
        {
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(r => r.SubmitterKey).HasMaxLength(Submission.SubmitterLength);
            builder.HasIndex(r => r.Benchmark);
        }
    }
}
