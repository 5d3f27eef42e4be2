using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A run of a submission's model. The row is authoritative for its state; queues only trigger work.</summary>
internal sealed class ModelRun
{
    public const int CodeLength = 40;
    public const int DetailLength = 1000;

    public required Guid Id { get; init; }

    public Guid SubmissionId { get; init; }

    public ModelRunPurpose Purpose { get; init; }

    public ModelRunStatus Status { get; set; }

    public DateTime RequestedAt { get; init; }

    /// <summary>The claim of the runner that has it; null if none has. Another claim replaces one that is not renewed.</summary>
    public Guid? Claim { get; set; }

    /// <summary>When the claim was made or last renewed.</summary>
    public DateTime? ClaimedAt { get; set; }

    /// <summary>The number of claims. A run that ends every runner must not be tried for ever.</summary>
    public int Attempts { get; set; }

    /// <summary>The number of images scored so far.</summary>
    public int ImagesDone { get; set; }

    /// <summary>The number of images to score; 0 until it is known.</summary>
    public int ImagesTotal { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>Why it failed, one of the runner's codes or <c>server</c>; null unless it failed.</summary>
    public string? Code { get; set; }

    /// <summary>Why it failed, in words; null unless it failed.</summary>
    public string? Detail { get; set; }

    /// <summary>What it used, as JSON (<see cref="Coos.Shared.Submissions.Execution"/>); null until it is done.</summary>
    public string? Execution { get; set; }

    /// <summary>How its predictions compare with those that the submission has, as JSON; null if it had none.</summary>
    public string? Agreement { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ModelRun>
    {
        public void Configure(EntityTypeBuilder<ModelRun> builder)
        {
            builder.ToTable("ModelRuns");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Code).HasMaxLength(CodeLength);
            builder.Property(r => r.Detail).HasMaxLength(DetailLength);
            builder.HasIndex(r => r.Status);
            builder.HasIndex(r => new { r.SubmissionId, r.RequestedAt });
            builder.HasOne<Submission>().WithMany().HasForeignKey(r => r.SubmissionId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>What a run is for.</summary>
internal enum ModelRunPurpose
{
    /// <summary>The predictions of the submission, or the comparison with those it has.</summary>
    Predictions = 0,

    /// <summary>The predictions for changed images: the shift dials.</summary>
    Dials = 1,
}

/// <summary>The state of a run.</summary>
internal enum ModelRunStatus
{
    /// <summary>It waits for a runner.</summary>
    Queued = 0,

    /// <summary>A runner has it.</summary>
    Running = 1,

    /// <summary>Its results are stored.</summary>
    Done = 2,

    /// <summary>It cannot be done; the code and detail say why.</summary>
    Failed = 3,
}
