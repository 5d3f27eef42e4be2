using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The result that a publication reports for one split.</summary>
internal sealed class StoredReportedScore
{
    public Guid ReportedResultId { get; init; }

    public required string Split { get; init; }

    /// <summary>The loss of the benchmark's ranking metric, which is lower for a better entry.</summary>
    public double Loss { get; init; }

    /// <summary>The standard deviation over replicates; null if the publication does not state it.</summary>
    public double? Deviation { get; init; }

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
