using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A prediction file that was uploaded and passed every check, but is not part of a submission yet.</summary>
internal sealed class Upload
{
    public const int OwnerLength = 64;

    /// <summary>Random, so that it cannot be guessed: without an account it is the only proof of ownership.</summary>
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>
    /// The uploader whose size limit the file counts against: <c>account:{id}</c>, or <c>address:{hash}</c> without an account.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>The size of the file as it was sent, in bytes.</summary>
    public required long Bytes { get; init; }

    public required DateTime ExpiresAt { get; set; }

    /// <summary>The predictions by split; a zip has several.</summary>
    public List<UploadedSplit> Splits { get; init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Upload>
    {
        public void Configure(EntityTypeBuilder<Upload> builder)
        {
            builder.Property(u => u.Id).ValueGeneratedNever();
            builder.Property(u => u.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(u => u.Owner).HasMaxLength(OwnerLength);
            builder.HasIndex(u => u.Owner);
            builder.HasIndex(u => u.ExpiresAt);
            builder.HasMany(u => u.Splits).WithOne().HasForeignKey(s => s.UploadId);
        }
    }
}
