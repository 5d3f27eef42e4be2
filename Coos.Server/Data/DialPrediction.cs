using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>What a submission's model predicts for the reference split's images under one strength of a shift dial.</summary>
internal sealed class DialPrediction
{
    public const int DialLength = 32;

    public required Guid Id { get; init; }

    public Guid SubmissionId { get; init; }

    /// <summary>The name of the dial.</summary>
    public required string Dial { get; init; }

    /// <summary>The strength, from 0 for none.</summary>
    public int Level { get; init; }

    /// <summary>The predicted class index of each image, in the canonical order of image ids.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The SHA-256 hash of the image ids.</summary>
    public required byte[] ImagesHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DialPrediction>
    {
        public void Configure(EntityTypeBuilder<DialPrediction> builder)
        {
            builder.ToTable("DialPredictions");
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
