using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// A model file. Its bytes are in <see cref="ModelChunk"/>s, written before the submission, so that no transaction holds hundreds of
/// megabytes; without a submission it is deleted after a while.
/// </summary>
internal sealed class StoredModel
{
    public required Guid Id { get; init; }

    /// <summary>The submission; null until it is stored, and for good if it never is.</summary>
    public Guid? SubmissionId { get; set; }

    /// <summary>The SHA-256 hash of the file.</summary>
    public required string Hash { get; init; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; init; }

    /// <summary>What the runner found out about it, as JSON.</summary>
    public required string Facts { get; init; }

    public DateTime CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredModel>
    {
        public void Configure(EntityTypeBuilder<StoredModel> builder)
        {
            builder.ToTable("Models");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Hash).HasMaxLength(ContentHash.Length);
            builder.HasIndex(m => m.SubmissionId).IsUnique();
            builder.HasOne<Submission>().WithOne().HasForeignKey<StoredModel>(m => m.SubmissionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
