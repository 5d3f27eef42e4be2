using Coos.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The predictions of one split in an upload. Its fields are those of <see cref="PredictionFile"/>.</summary>
internal sealed class UploadedSplit
{
    public Guid UploadId { get; init; }

    public required string Split { get; init; }

    /// <summary>The predicted class index of each image, in the canonical order of image ids.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The SHA-256 hash of the image ids.</summary>
    public required byte[] ImagesHash { get; init; }

    public required string Hash { get; init; }

    public bool HasProbabilities { get; init; }

    /// <summary>The text of the file, compressed by <see cref="Submissions.OriginalText"/>.</summary>
    public required byte[] Original { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<UploadedSplit>
    {
        public void Configure(EntityTypeBuilder<UploadedSplit> builder)
        {
            builder.HasKey(s => new { s.UploadId, s.Split });
            builder.Property(s => s.Classes).ArePackedClasses();
            builder.Property(s => s.Split).HasMaxLength(PredictionFile.SplitLength);
            builder.Property(s => s.Hash).HasMaxLength(ContentHash.Length);
            builder.Property(s => s.ImagesHash).HasMaxLength(32);
        }
    }
}
