using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>The columns of a submission that a leaderboard reads.</summary>
internal sealed record BoardRow
{
    public required Guid Id { get; init; }

    public required string Method { get; init; }

    public required string Submitter { get; init; }

    public required string SubmitterKey { get; init; }

    public required Guid? OwnerId { get; init; }

    public required SubmissionKind Kind { get; init; }

    public required SubmissionStatus Status { get; init; }

    /// <summary>Whether it is public and not hidden by an organiser.</summary>
    public required bool IsListed { get; init; }

    public required bool IsVerified { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? PublishedAt { get; init; }

    public required bool? ExternalData { get; init; }

    public required string? PaperUrl { get; init; }

    public required string? CodeUrl { get; init; }

    /// <summary>The evaluation that is shown.</summary>
    public required Guid EvaluationId { get; init; }

    /// <summary>The evaluation that will be shown once all entries are rescored.</summary>
    public required Guid? PendingEvaluationId { get; init; }

    /// <summary>Whether it was first scored during a rescoring of the board, so that it joins the board when that is complete.</summary>
    public bool IsHeld => PendingEvaluationId == EvaluationId;

    /// <summary>Whether its scores come from older labels or an older evaluator.</summary>
    public bool IsOutdated => !IsHeld && (PendingEvaluationId is not null || Status.IsUnscored());

    /// <summary>Converts it to a rung of its submitter's ladder.</summary>
    public LadderRung OnLadder(IReadOnlyDictionary<string, EntryScore> scores, Benchmark benchmark) =>
        new(Id, SubmitterKey, OwnerId, Kind, CreatedAt, Ranker.ComputeScore(scores, benchmark));

    /// <summary>Converts it to a leaderboard entry with the scores that everyone may see: none if they are withheld.</summary>
    public LeaderboardEntry ToEntry(IReadOnlyDictionary<string, EntryScore> scores, bool isWithheld, Disclosure disclosure) =>
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
            Splits =
                isWithheld ? new Dictionary<string, EntryScore>()
                : disclosure.IsGuarded ? scores.ToDictionary(s => s.Key, s => s.Value.Reduce(disclosure))
                : scores,
        };
}
