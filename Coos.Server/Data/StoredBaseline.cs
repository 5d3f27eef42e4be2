using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>The data of a baseline besides its submission: the folder that it was read from, and how it was run.</summary>
internal sealed class StoredBaseline
{
    public const int NameLength = 100;

    /// <summary>The submission with the predictions and scores.</summary>
    public Guid SubmissionId { get; init; }

    /// <summary>The name of the folder below baselines/.</summary>
    public required string Name { get; set; }

    public BaselineState State { get; set; }

    /// <summary>The properties of run.json that <see cref="BaselineRun"/> has, as JSON.</summary>
    public required string Run { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoredBaseline>
    {
        public void Configure(EntityTypeBuilder<StoredBaseline> builder)
        {
            builder.ToTable("Baselines");
            builder.HasKey(b => b.SubmissionId);
            builder.Property(b => b.Name).HasMaxLength(NameLength);
            builder.Property(b => b.Run).HasMaxLength(2 * BaselineRun.MaximumBytes);
        }
    }
}
