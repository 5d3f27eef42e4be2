using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A result that was reported in a publication, read from the benchmark folder.</summary>
internal sealed class StoredReportedResult
{
    /// <summary>Derived from the result itself, so that the URL of its page does not change.</summary>
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Features { get; set; }

    public required string Classifier { get; set; }

    public required string Source { get; set; }

    /// <summary>The position in the publication's table.</summary>
    public int Position { get; set; }

    /// <summary>The number of replicates that the results are means of; null if the publication does not state it.</summary>
    public int? Replicates { get; set; }

    public ICollection<StoredReportedScore> Scores { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<StoredReportedResult>
    {
        public void Configure(EntityTypeBuilder<StoredReportedResult> builder)
        {
            builder.ToTable("ReportedResults");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(r => r.Features).HasMaxLength(Submission.MethodLength);
            builder.Property(r => r.Classifier).HasMaxLength(Submission.MethodLength);
            builder.Property(r => r.Source).HasMaxLength(Submission.UrlLength);
            builder.HasMany(r => r.Scores).WithOne().HasForeignKey(s => s.ReportedResultId);
            builder.HasIndex(r => r.Benchmark);
        }
    }
}
