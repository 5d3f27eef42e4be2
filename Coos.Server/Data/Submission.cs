using Coos.Shared;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>A submission. The row is authoritative for its state; queues only trigger work.</summary>
internal sealed class Submission
{
    public const int BenchmarkLength = 64;
    public const int MethodLength = 100;
    public const int SubmitterLength = 100;
    public const int DescriptionLength = 4000;
    public const int UrlLength = 500;
    public const int FailureLength = 1000;
    public const int RunLength = 40;
    public const int FamilyLength = 40;
    public const int PretrainingLength = 100;

    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    public required string Method { get; set; }

    public required string Submitter { get; init; }

    /// <summary>
    /// The key within which predictions must be unique: the id of the team or account, or the upper-case name without an account.
    /// </summary>
    public required string SubmitterKey { get; init; }

    /// <summary>The account that sent it; null for submissions without an account.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The team that it was sent for. Team members own the submission too.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>Whether it was sent by an account. It stays true when the account is deleted.</summary>
    public bool IsSignedIn { get; init; }

    /// <summary>Whether an organiser has marked it as checked.</summary>
    public bool IsChecked { get; set; }

    /// <summary>Whether the server ran its model and the scores are those of the run, or are confirmed by it.</summary>
    public bool IsRunHere { get; set; }

    /// <summary>Who vouches for it; null for baselines that were not run here.</summary>
    public Verification? Verification => FindVerification(Kind, IsSignedIn, IsChecked, IsRunHere);

    /// <summary>When an organiser hid it from the leaderboard; null if it is not hidden.</summary>
    public DateTime? HiddenAt { get; set; }

    public SubmissionKind Kind { get; init; }

    public SubmissionStatus Status { get; set; }

    public string? Failure { get; set; }

    public string? Description { get; set; }

    public string? PaperUrl { get; set; }

    public string? CodeUrl { get; set; }

    public bool? ExternalData { get; set; }

    /// <summary>The run of the method that it is, usually the seed; null if not stated.</summary>
    public string? Run { get; set; }

    /// <summary>The family of the method; null if not stated. Like the next columns, see <see cref="Protocol"/>.</summary>
    public string? Family { get; set; }

    public string? Pretraining { get; set; }

    public long? TrainingImages { get; set; }

    public bool? Ensemble { get; set; }

    public bool? TestTimeAdaptation { get; set; }

    public TunedOn? TunedOn { get; set; }

    public long? Parameters { get; set; }

    public SubmissionVisibility Visibility { get; set; }

    public required string PredictionsHash { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When an evaluator claimed it. An old claim is left over from a crash.</summary>
    public DateTime? ClaimedAt { get; set; }

    public DateTime? ScoredAt { get; set; }

    /// <summary>When it appeared on the leaderboard; null if it is not there. Maintained by <c>Submissions.Publication</c>.</summary>
    public DateTime? PublishedAt { get; set; }

    /// <summary>When scoring failed permanently; null unless it failed.</summary>
    public DateTime? FailedAt { get; set; }

    /// <summary>The number of scoring attempts.</summary>
    public int Attempts { get; set; }

    /// <summary>The current evaluation. Older ones are kept.</summary>
    public Guid? CurrentEvaluationId { get; set; }

    public StoredEvaluation? CurrentEvaluation { get; init; }

    /// <summary>
    /// The evaluation that becomes current when the whole benchmark is rescored; null if there is none. Equal to the current
    /// one for a submission that was first scored during the rescoring and joins the leaderboard with the others.
    /// </summary>
    public Guid? PendingEvaluationId { get; set; }

    /// <summary>The evaluator version and labels hash of the failure. Another version or other labels are worth a retry.</summary>
    public string? FailedVersion { get; set; }

    /// <summary>The baseline data; null for participants' submissions.</summary>
    public StoredBaseline? Baseline { get; init; }

    public ICollection<PredictionFile> Files { get; } = [];

    public ICollection<StoredEvaluation> Evaluations { get; } = [];

    /// <summary>Who vouches for a submission with these properties; null for baselines that were not run here.</summary>
    public static Verification? FindVerification(SubmissionKind kind, bool isSignedIn, bool isChecked, bool isRunHere) =>
        (kind, isSignedIn, isChecked, isRunHere) switch
        {
            (_, _, _, true) => Shared.Submissions.Verification.RunHere,
            (not SubmissionKind.Submission, _, _, _) => null,
            (_, _, true, _) => Shared.Submissions.Verification.Organiser,
            (_, true, _, _) => Shared.Submissions.Verification.SignedIn,
            _ => Shared.Submissions.Verification.None,
        };

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
            builder.Property(s => s.Run).HasMaxLength(RunLength);
            builder.Property(s => s.Family).HasMaxLength(FamilyLength);
            builder.Property(s => s.Pretraining).HasMaxLength(PretrainingLength);
            builder.Property(s => s.PaperUrl).HasMaxLength(UrlLength);
            builder.Property(s => s.CodeUrl).HasMaxLength(UrlLength);
            builder.Property(s => s.PredictionsHash).HasMaxLength(ContentHash.Length);
            builder.HasOne(s => s.CurrentEvaluation).WithMany().HasForeignKey(s => s.CurrentEvaluationId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne(s => s.Baseline).WithOne().HasForeignKey<StoredBaseline>(b => b.SubmissionId);
            builder.HasMany(s => s.Files).WithOne().HasForeignKey(f => f.SubmissionId);
            builder.HasMany(s => s.Evaluations).WithOne().HasForeignKey(e => e.SubmissionId);

            // Prevents duplicates, including those of concurrent requests.
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

            // Two queries after each scored submission: which are unscored, and which have a pending evaluation. Few rows match.
            builder.HasIndex(s => new { s.Status, s.Benchmark });
            builder.HasIndex(s => s.Benchmark).HasFilter("\"PendingEvaluationId\" IS NOT NULL");

            // Finds equal predictions of other submitters.
            builder.HasIndex(s => new { s.Benchmark, s.PredictionsHash });
            builder.HasIndex(s => s.OwnerId);
            builder.HasIndex(s => s.TeamId);
            builder.HasOne<Account>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Team>().WithMany().HasForeignKey(s => s.TeamId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
