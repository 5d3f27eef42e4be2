using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// The used part of a day's quota. It is a separate counter and not the number of submissions, so that deleting a submission
/// after seeing its scores does not free a slot.
/// </summary>
internal sealed class QuotaUse
{
    /// <summary>Enough for a name, or for an id with a prefix.</summary>
    public const int SubmitterLength = Submission.SubmitterLength;

    public required string Submitter { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>The day, as midnight UTC.</summary>
    public DateTime Day { get; init; }

    public int Used { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<QuotaUse>
    {
        public void Configure(EntityTypeBuilder<QuotaUse> builder)
        {
            builder.HasKey(q => new
            {
                q.Submitter,
                q.Benchmark,
                q.Day,
            });
            builder.Property(q => q.Submitter).HasMaxLength(SubmitterLength);
            builder.Property(q => q.Benchmark).HasMaxLength(Submission.BenchmarkLength);
        }
    }
}
