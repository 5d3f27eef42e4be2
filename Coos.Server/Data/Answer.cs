using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Coos.Server.Data;

/// <summary>What an answer was about.</summary>
internal enum AnswerKind
{
    /// <summary>The scores of a submission, or that they are withheld.</summary>
    Score = 0,

    /// <summary>A detailed report.</summary>
    Details = 1,
}

/// <summary>
/// What a participant was told about the labels of a benchmark with a ladder. Kept when its submission is deleted, because nobody
/// can be made to forget it.
/// </summary>
internal sealed class Answer
{
    public required Guid Id { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>The submission, which may be deleted.</summary>
    public required Guid SubmissionId { get; init; }

    /// <summary>The evaluation that the answer shows. An evaluation with other labels is another answer.</summary>
    public required Guid EvaluationId { get; init; }

    /// <summary>The submitter's key, as in <see cref="Submission.SubmitterKey"/>.</summary>
    public required string SubmitterKey { get; init; }

    /// <summary>The account that sent the submission; null without an account.</summary>
    public Guid? OwnerId { get; init; }

    public required AnswerKind Kind { get; init; }

    /// <summary>The split of a detailed report; empty for scores.</summary>
    public string Split { get; init; } = "";

    /// <summary>Whether scores are shown, as <c>ReleaseOutcome</c> of the evaluator; 0 is shown.</summary>
    public required int Outcome { get; init; }

    /// <summary>How many bits it may have told about the labels.</summary>
    public required double Bits { get; init; }

    /// <summary>The ranking error that was shown, rounded to the step of the ladder, 0..1; null if none was.</summary>
    public double? Error { get; init; }

    /// <summary>The rounded scores that were shown, as JSON; null if none were, or if the benchmark shows scores in full.</summary>
    public string? Shown { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Creates an answer about an evaluation of a submission.</summary>
    /// <param name="submission">The submission; the answer counts for its submitter and account.</param>
    /// <param name="evaluation">The id of the evaluation.</param>
    /// <param name="kind">What the answer is about.</param>
    /// <param name="outcome">Whether scores are shown, as <c>ReleaseOutcome</c> of the evaluator.</param>
    /// <param name="bits">How many bits it may have told about the labels.</param>
    /// <param name="time">When it is given.</param>
    /// <param name="split">The split of a detailed report; empty for scores.</param>
    /// <param name="error">The rounded ranking error that is shown; null for none.</param>
    /// <param name="shown">The rounded scores that are shown, as JSON; null for none.</param>
    public static Answer About(
        Submission submission,
        Guid evaluation,
        AnswerKind kind,
        int outcome,
        double bits,
        DateTimeOffset time,
        string split = "",
        double? error = null,
        string? shown = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(time),
            Benchmark = submission.Benchmark,
            SubmissionId = submission.Id,
            EvaluationId = evaluation,
            SubmitterKey = submission.SubmitterKey,
            OwnerId = submission.OwnerId,
            Kind = kind,
            Split = split,
            Outcome = outcome,
            Bits = bits,
            Error = error,
            Shown = shown,
            CreatedAt = time.UtcDateTime,
        };

    internal sealed class Configuration : IEntityTypeConfiguration<Answer>
    {
        public void Configure(EntityTypeBuilder<Answer> builder)
        {
            builder.Property(a => a.Id).ValueGeneratedNever();
            builder.Property(a => a.Benchmark).HasMaxLength(Submission.BenchmarkLength);
            builder.Property(a => a.SubmitterKey).HasMaxLength(Submission.SubmitterLength);
            builder.Property(a => a.Split).HasMaxLength(PredictionFile.SplitLength);

            // One answer about an evaluation, however often it is recorded or asked for.
            builder
                .HasIndex(a => new
                {
                    a.EvaluationId,
                    a.Kind,
                    a.Split,
                })
                .IsUnique();
            builder.HasIndex(a => new { a.Benchmark, a.SubmitterKey });
            builder.HasIndex(a => new { a.Benchmark, a.OwnerId });
        }
    }
}
