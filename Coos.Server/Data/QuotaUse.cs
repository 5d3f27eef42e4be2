using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// How much of a day's quota is spent. A counter and no count of submissions: whoever deletes one, having seen its scores,
/// gets no other for it.
/// </summary>
internal sealed class QuotaUse
{
    /// <summary>Room for a name, or an id with its kind before it.</summary>
    public const int SubmitterLength = Submission.SubmitterLength;

    public required string Submitter { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>Midnight, UTC.</summary>
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
