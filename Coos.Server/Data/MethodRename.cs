using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A former method name of a submission. It was public, so it may have been cited.</summary>
internal sealed class MethodRename
{
    public required Guid Id { get; init; }

    public required Guid SubmissionId { get; init; }

    /// <summary>The name before the change.</summary>
    public required string Method { get; init; }

    /// <summary>When it was replaced, UTC.</summary>
    public required DateTime ReplacedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MethodRename>
    {
        public void Configure(EntityTypeBuilder<MethodRename> builder)
        {
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Method).HasMaxLength(Submission.MethodLength);
            builder.HasIndex(r => r.SubmissionId);
            builder.HasOne<Submission>().WithMany().HasForeignKey(r => r.SubmissionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
