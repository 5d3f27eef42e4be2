using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The predictions of a submission's model for the reference split's images, changed by one level of a shift dial.</summary>
internal sealed class DialPrediction
{
    public const int DialLength = 32;

    public required Guid Id { get; init; }

    public Guid SubmissionId { get; init; }

    /// <summary>The name of the dial; <c>none</c> for the images as they are, which are level 0 of every dial.</summary>
    public required string Dial { get; init; }

    /// <summary>The index of the level.</summary>
    public int Level { get; init; }

    /// <summary>The version of the dials (<c>ShiftDials.Version</c>). Other versions changed the images in another way.</summary>
    public int Version { get; init; }

    /// <summary>The predicted class index of each image, in the canonical order of image ids.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The SHA-256 hash of the image ids. Predictions and labels are compared by position only if the hashes match.</summary>
    public required byte[] ImagesHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DialPrediction>
    {
        public void Configure(EntityTypeBuilder<DialPrediction> builder)
        {
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.Property(p => p.Dial).HasMaxLength(DialLength);
            builder.Property(p => p.Classes).ArePackedClasses();
            builder.Property(p => p.ImagesHash).HasMaxLength(32);
            builder
                .HasIndex(p => new
                {
                    p.SubmissionId,
                    p.Dial,
                    p.Level,
                })
                .IsUnique();
            builder.HasOne<Submission>().WithMany().HasForeignKey(p => p.SubmissionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
