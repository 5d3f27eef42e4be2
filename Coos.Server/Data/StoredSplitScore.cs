using Coos.Shared.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The scores of one split that the leaderboard queries, in columns.</summary>
internal sealed class StoredSplitScore
{
    public const int MethodLength = 200;

    public const int MetricLength = 40;

    public Guid EvaluationId { get; init; }

    public required string Split { get; init; }

    /// <summary>The version of the labels that were used.</summary>
    public Guid LabelVersionId { get; init; }

    public int Images { get; init; }

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

    /// <summary>The accuracy, 0..1.</summary>
    public double Accuracy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredSplitScore>
    {
        public void Configure(EntityTypeBuilder<StoredSplitScore> builder)
        {
            builder.ToTable("SplitScores");
            builder.HasKey(s => new { s.EvaluationId, s.Split });
            builder.Property(s => s.Split).HasMaxLength(PredictionFile.SplitLength);
            builder.Property(s => s.IntervalMethod).HasMaxLength(MethodLength);
            builder.Property(s => s.Metric).HasMaxLength(MetricLength).HasDefaultValue(MetricInfo.Get(MetricId.BalancedError).Name);
            builder.HasOne<LabelVersion>().WithMany().HasForeignKey(s => s.LabelVersionId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(s => new { s.Split, s.Loss });
        }
    }
}
