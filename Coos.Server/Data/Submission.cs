using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>Something that was submitted. The row is the truth about it, whatever any queue says.</summary>
internal sealed class Submission
{
    public const int BenchmarkLength = 64;
    public const int MethodLength = 100;
    public const int SubmitterLength = 100;
    public const int DescriptionLength = 4000;
    public const int UrlLength = 500;
    public const int FailureLength = 1000;

    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Method { get; set; }

    public required string Submitter { get; init; }

    /// <summary>Whose predictions must not repeat: the team's or account's id, without an account the name in one case.</summary>
    public required string SubmitterKey { get; init; }

    /// <summary>The account that sent it; null where no account was asked for.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The team that it was sent for; its members own it too.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>Whether it is known who sent it: by the account, or because an organiser says so.</summary>
    public bool IsVerified { get; set; }

    /// <summary>When an organiser took it off the leaderboard; null for most.</summary>
    public DateTime? HiddenAt { get; set; }

    public SubmissionKind Kind { get; init; }

    public SubmissionStatus Status { get; set; }

    public string? Failure { get; set; }

    public string? Description { get; set; }

    public string? PaperUrl { get; set; }

    public string? CodeUrl { get; set; }

    public bool? ExternalData { get; set; }

    public SubmissionVisibility Visibility { get; set; }

    public required string PredictionsHash { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When an evaluator took it; a claim that is old was left behind by a crash.</summary>
    public DateTime? ClaimedAt { get; set; }

    public DateTime? ScoredAt { get; set; }

    /// <summary>Since when it stands on the leaderboard for everybody; null while it does not (kept so by <c>Submissions.Publication</c>).</summary>
    public DateTime? PublishedAt { get; set; }

    /// <summary>When it was given up; null unless it failed.</summary>
    public DateTime? FailedAt { get; set; }

    /// <summary>How often an evaluator took it.</summary>
    public int Attempts { get; set; }

    /// <summary>The evaluation that counts now; older ones are kept.</summary>
    public Guid? CurrentEvaluationId { get; set; }

    public StoredEvaluation? CurrentEvaluation { get; init; }

    /// <summary>
    /// The evaluation that will count once the whole benchmark is scored anew; null where none waits. The current one
    /// itself for a submission that was scored for the first time meanwhile and joins the board with the others.
    /// </summary>
    public Guid? PendingEvaluationId { get; set; }

    /// <summary>Evaluator version and hash of labels with which it failed; others may do better.</summary>
    public string? FailedVersion { get; set; }

    /// <summary>Where it was read from; null for what participants sent.</summary>
    public StoredBaseline? Baseline { get; init; }

    public ICollection<PredictionFile> Files { get; } = [];

    public ICollection<StoredEvaluation> Evaluations { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Submission>
    {
        public void Configure(EntityTypeBuilder<Submission> builder)
        {
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Benchmark).HasMaxLength(BenchmarkLength);
            builder.Property(s => s.Method).HasMaxLength(MethodLength);
            builder.Property(s => s.Submitter).HasMaxLength(SubmitterLength);
            builder.Property(s => s.SubmitterKey).HasMaxLength(SubmitterLength);
            builder.Property(s => s.Failure).HasMaxLength(FailureLength);
            builder.Property(s => s.FailedVersion).HasMaxLength(StoredEvaluation.VersionLength + 1 + ContentHash.Length);
            builder.Property(s => s.Description).HasMaxLength(DescriptionLength);
            builder.Property(s => s.PaperUrl).HasMaxLength(UrlLength);
            builder.Property(s => s.CodeUrl).HasMaxLength(UrlLength);
            builder.Property(s => s.PredictionsHash).HasMaxLength(ContentHash.Length);
            builder.HasOne(s => s.CurrentEvaluation).WithMany().HasForeignKey(s => s.CurrentEvaluationId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne(s => s.Baseline).WithOne().HasForeignKey<StoredBaseline>(b => b.SubmissionId);
            builder.HasMany(s => s.Files).WithOne().HasForeignKey(f => f.SubmissionId);
            builder.HasMany(s => s.Evaluations).WithOne().HasForeignKey(e => e.SubmissionId);

            // The judge of "sent twice": two requests at once cannot both pass it.
            builder
                .HasIndex(s => new
                {
                    s.Benchmark,
                    s.SubmitterKey,
                    s.PredictionsHash,
                })
                .IsUnique();
            builder.HasIndex(s => new
            {
                s.Benchmark,
                s.Visibility,
                s.Status,
            });

            // For what is asked at each scored submission: who still waits, and which scores. Both are few, the rows many.
            builder.HasIndex(s => new { s.Status, s.Benchmark });
            builder.HasIndex(s => s.Benchmark).HasFilter("\"PendingEvaluationId\" IS NOT NULL");

            // Finds the same predictions of other submitters.
            builder.HasIndex(s => new { s.Benchmark, s.PredictionsHash });
            builder.HasIndex(s => s.OwnerId);
            builder.HasIndex(s => s.TeamId);
            builder.HasOne<Account>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
