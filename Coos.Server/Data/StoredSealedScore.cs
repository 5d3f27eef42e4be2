using Coos.Shared.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>
/// The score of one split on the sealed part. It is stored apart from the scores that are shown, and is read for organisers and for
/// closed benchmarks only. An evaluation of a benchmark with a sealed part has one for each of its splits; a split without sealed
/// labels has the same score here.
/// </summary>
internal sealed class StoredSealedScore
{
    public Guid EvaluationId { get; init; }

    public required string Split { get; init; }

    /// <summary>The metric that the benchmark ranked by when this was scored, by its name in manifests.</summary>
    public required string Metric { get; init; }

    /// <summary>Its loss, which is lower for a better entry.</summary>
    public double Loss { get; init; }

    /// <summary>The lower limit of the 95% interval of the loss.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper limit of the 95% interval of the loss.</summary>
    public double? Upper { get; init; }

    /// <summary>The method of the interval, as the report names it.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The error on the sealed part minus that on the public part, -1..1; null if the split has no sealed labels.</summary>
    public double? Difference { get; init; }

    /// <summary>The variance of the difference; null if there is none.</summary>
    public double? Variance { get; init; }

    /// <summary>The degrees of freedom of the variance; null if there is none.</summary>
    public double? Degrees { get; init; }

    /// <summary>The report on the split as JSON, exactly as the API sends it.</summary>
    public required string Report { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredSealedScore>
    {
        public void Configure(EntityTypeBuilder<StoredSealedScore> builder)
        {
            builder.ToTable("SealedScores");
            builder.HasKey(s => new { s.EvaluationId, s.Split });
            builder.Property(s => s.Split).HasMaxLength(PredictionFile.SplitLength);
            builder.Property(s => s.IntervalMethod).HasMaxLength(StoredSplitScore.MethodLength);
            builder
                .Property(s => s.Metric)
                .HasMaxLength(StoredSplitScore.MetricLength)
                .HasDefaultValue(MetricInfo.Get(MetricId.BalancedError).Name);
        }
    }
}
