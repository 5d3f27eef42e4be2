using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The balanced error that a publication reports for one split.</summary>
internal sealed class StoredReportedScore
{
    public Guid ReportedResultId { get; init; }

    public required string Split { get; init; }

    /// <summary>The reported balanced error, 0..1.</summary>
    public double BalancedError { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredReportedScore>
    {
        public void Configure(EntityTypeBuilder<StoredReportedScore> builder)
        {
            builder.ToTable("ReportedScores");
            builder.HasKey(s => new { s.ReportedResultId, s.Split });
            builder.Property(s => s.Split).HasMaxLength(PredictionFile.SplitLength);
        }
    }
}
