using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>What the leaderboard needs of the report on one split, in columns.</summary>
internal sealed class StoredSplitScore
{
    public const int MethodLength = 200;

    public Guid EvaluationId { get; init; }

    public required string Split { get; init; }

    /// <summary>The labels it was made with.</summary>
    public Guid LabelVersionId { get; init; }

    public int Images { get; init; }

    /// <summary>0..1.</summary>
    public double BalancedError { get; init; }

    /// <summary>The lower limit of its 95% interval, 0..1.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper limit of its 95% interval, 0..1.</summary>
    public double? Upper { get; init; }

    /// <summary>How that interval was made, in the words of the report.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>0..1.</summary>
    public double Accuracy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredSplitScore>
    {
        public void Configure(EntityTypeBuilder<StoredSplitScore> builder)
        {
            builder.ToTable("SplitScores");
            builder.HasKey(s => new { s.EvaluationId, s.Split });
            builder.Property(s => s.Split).HasMaxLength(PredictionFile.SplitLength);
            builder.Property(s => s.IntervalMethod).HasMaxLength(MethodLength);
            builder.HasOne<LabelVersion>().WithMany().HasForeignKey(s => s.LabelVersionId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(s => new { s.Split, s.BalancedError });
        }
    }
}
