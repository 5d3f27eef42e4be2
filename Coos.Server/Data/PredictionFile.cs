using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The normalised predictions of a submission for one split.</summary>
internal sealed class PredictionFile
{
    public const int SplitLength = 32;

    public required Guid Id { get; init; }

    public Guid SubmissionId { get; init; }

    public required string Split { get; init; }

    /// <summary>The predicted class index of each image, in the canonical order of image ids.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The SHA-256 hash of the image ids. Predictions and labels are compared by position only if the hashes match.</summary>
    public required byte[] ImagesHash { get; init; }

    public required string Hash { get; init; }

    public bool HasProbabilities { get; init; }

    public required OriginalUpload Original { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PredictionFile>
    {
        public void Configure(EntityTypeBuilder<PredictionFile> builder)
        {
            builder.Property(f => f.Id).ValueGeneratedNever();
            builder.Property(f => f.Classes).ArePackedClasses();
            builder.Property(f => f.Split).HasMaxLength(SplitLength);
            builder.Property(f => f.Hash).HasMaxLength(ContentHash.Length);
            builder.Property(f => f.ImagesHash).HasMaxLength(32);
            builder.HasIndex(f => new { f.SubmissionId, f.Split }).IsUnique();
            builder.HasOne(f => f.Original).WithOne().HasForeignKey<OriginalUpload>(o => o.PredictionFileId);
        }
    }
}
