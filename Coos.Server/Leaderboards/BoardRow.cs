using Coos.Evaluator.Disclosures;
using Coos.Server.Data;
using Coos.Server.Disclosures;
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

    public required SubmissionKind Kind { get; init; }

    public required SubmissionStatus Status { get; init; }

    /// <summary>Whether it is public and not hidden by an organiser.</summary>
    public required bool IsListed { get; init; }

    public required bool IsSignedIn { get; init; }

    public required bool IsChecked { get; init; }

    public required bool IsRunHere { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? PublishedAt { get; init; }

    public required bool? ExternalData { get; init; }

    /// <summary>The key of its owner: account, team, or name without an account.</summary>
    public required string Owner { get; init; }

    public required string? Run { get; init; }

    public required Protocol Protocol { get; init; }

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

    /// <summary>Converts it to a leaderboard entry with the scores that everyone may see: none if they are withheld.</summary>
    /// <param name="scores">The scores of its evaluation.</param>
    /// <param name="shown">What may be shown.</param>
    /// <param name="tries">The numbers of submissions by the key of an account or team.</param>
    /// <param name="benchmark">The benchmark.</param>
    public LeaderboardEntry ToEntry(
        IReadOnlyDictionary<string, EntryScore> scores,
        ShownScores shown,
        IReadOnlyDictionary<string, int> tries,
        Benchmark benchmark
    )
    {
        var entry = new LeaderboardEntry
        {
            Id = Id,
            Method = Method,
            Submitter = Submitter,
            Kind = Kind,
            CreatedAt = CreatedAt,
            PublishedAt = PublishedAt,
            ExternalData = ExternalData,
            Owner = Owner,
            Run = Run,
            Protocol = Protocol,
            PaperUrl = SubmissionReader.ToUri(PaperUrl),
            CodeUrl = SubmissionReader.ToUri(CodeUrl),
            Verification = Submission.FindVerification(Kind, IsSignedIn, IsChecked, IsRunHere),
            Tries = Submissions.Submitter.IsAccountOrTeam(Owner) && tries.TryGetValue(Owner, out var count) ? count : null,
            Withheld = shown.Label,
            EvaluationId = EvaluationId,
            Splits = scores,
        };
        if (shown.Outcome != ReleaseOutcome.Shown)
        {
            return entry with { Splits = new Dictionary<string, EntryScore>() };
        }

        return benchmark.Disclosure.IsGuarded ? Reduce(entry, shown, benchmark) : entry;
    }

    /// <summary>Keeps the rounded mean and the splits that a guarded benchmark shows.</summary>
    private static LeaderboardEntry Reduce(LeaderboardEntry entry, ShownScores shown, Benchmark benchmark)
    {
        var complete = entry.Splits.ToDictionary(s => s.Key, s => s.Value.ToEstimate());
        var numbers = shown.Numbers ?? GuardedScores.Round(benchmark, complete);
        return entry with
        {
            Mean = numbers.TryGetValue(Disclosure.MeanKey, out var mean) ? new EntryScore(mean.Error, mean.Lower, mean.Upper) : null,
            Splits = entry.Splits.Where(s => numbers.ContainsKey(s.Key)).ToDictionary(s => s.Key, s => s.Value.With(numbers[s.Key])),
        };
    }
}
