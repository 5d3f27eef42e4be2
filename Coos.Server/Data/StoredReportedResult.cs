using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A result of a publication, from the benchmark's folder.</summary>
internal sealed class StoredReportedResult
{
    /// <summary>Made from benchmark, features and classifier, so that its page keeps its address.</summary>
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Features { get; set; }

    public required string Classifier { get; set; }

    public required string Source { get; set; }

    /// <summary>Its place in the publication's table.</summary>
    public int Position { get; set; }

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
