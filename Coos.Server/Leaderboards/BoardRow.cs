using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>What a leaderboard reads of a submission.</summary>
internal sealed record BoardRow
{
    public required Guid Id { get; init; }

    public required string Method { get; init; }

    public required string Submitter { get; init; }

    public required string SubmitterKey { get; init; }

    public required SubmissionKind Kind { get; init; }

    public required SubmissionStatus Status { get; init; }

    /// <summary>Whether everybody may see it: public, and hidden by no organiser.</summary>
    public required bool IsListed { get; init; }

    public required bool IsVerified { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? PublishedAt { get; init; }

    public required bool? ExternalData { get; init; }

    public required string? PaperUrl { get; init; }

    public required string? CodeUrl { get; init; }

    /// <summary>The evaluation that counts.</summary>
    public required Guid EvaluationId { get; init; }

    /// <summary>The evaluation that will count once all entries are scored anew.</summary>
    public required Guid? PendingEvaluationId { get; init; }

    /// <summary>Whether it was scored for the first time while others are scored anew: it joins the board with them.</summary>
    public bool IsHeld => PendingEvaluationId == EvaluationId;

    /// <summary>Whether its scores are of older labels or of an older evaluator.</summary>
    public bool IsOutdated => !IsHeld && (PendingEvaluationId is not null || Status.IsUnscored());

    /// <summary>Its place on its submitter's ladder.</summary>
    public LadderRung OnLadder(IReadOnlyDictionary<string, EntryScore> scores, Benchmark benchmark) =>
        new(Id, SubmitterKey, Kind, CreatedAt, Ranker.ScoreOf(scores, benchmark));

    /// <summary>The entry, without its scores where they are withheld.</summary>
    public LeaderboardEntry ToEntry(IReadOnlyDictionary<string, EntryScore> scores, bool isWithheld) =>
        new()
        {
            Id = Id,
            Method = Method,
            Submitter = Submitter,
            Kind = Kind,
            CreatedAt = CreatedAt,
            PublishedAt = PublishedAt,
            ExternalData = ExternalData,
            PaperUrl = SubmissionReader.ToUri(PaperUrl),
            CodeUrl = SubmissionReader.ToUri(CodeUrl),
            IsVerified = Kind == SubmissionKind.Submission ? IsVerified : null,
            IsWithheld = isWithheld,
            EvaluationId = EvaluationId,
            Splits = isWithheld ? new Dictionary<string, EntryScore>() : scores,
        };
}
