using Coos.Evaluator.Statistics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>An entry of a leaderboard before it is ranked.</summary>
public sealed record LeaderboardEntry
{
    /// <summary>The submission or reported result.</summary>
    public required Guid Id { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The features of a reported result or baseline; null for submissions.</summary>
    public string? Features { get; init; }

    /// <summary>The classifier of a reported result or baseline; null for submissions.</summary>
    public string? Classifier { get; init; }

    /// <summary>The submitter; the publication for reported results.</summary>
    public required string Submitter { get; init; }

    /// <summary>
    /// Its family, as the submitter names it or from the name of its features or method. Cached, because filters read it for every row.
    /// </summary>
    public string Family => field ??= MethodFamily.Find(Protocol.Family, Features ?? Method);

    /// <summary>
    /// The family that shares a vote on images and labels. Methods of no family do not resemble each other, so each is a family of its own.
    /// </summary>
    internal string VotingFamily => Family == MethodFamily.Other ? Method : Family;

    /// <summary>The style of its family in charts and tables; see <see cref="MethodFamily.AssignStyles"/>.</summary>
    public string Style
    {
        get => field ?? (MethodFamily.IsKnown(Family) ? Family : MethodFamily.Other);
        init;
    }

    /// <summary>The kind of entry.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>When it was submitted, UTC; null for reported results, which come first among entries with the same score.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>When it joined the leaderboard, UTC; null for reported results and for entries that are not on it.</summary>
    public DateTime? PublishedAt { get; init; }

    /// <summary>Whether external data were used, as stated by the submitter; null if not stated.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>The key of its owner, which is not public; null for reported results.</summary>
    internal string? Owner { get; init; }

    /// <summary>The run of the method that it is, usually the seed; null if not stated.</summary>
    public string? Run { get; init; }

    /// <summary>How the method was trained and tuned, as stated by the submitter.</summary>
    public Protocol Protocol { get; init; } = Protocol.None;

    /// <summary>The URL of its paper; null for none.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>The URL of its code; null for none.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>Who vouches for it; null for baselines and reported results.</summary>
    public Verification? Verification { get; init; }

    /// <summary>
    /// The number of submissions by its account or team to the benchmark, private and deleted ones included; null without an account.
    /// </summary>
    public int? Tries { get; init; }

    /// <summary>Why its scores are withheld, in a few words; null if they are shown.</summary>
    public string? Withheld { get; init; }

    /// <summary>The evaluation of its scores; null for reported results.</summary>
    public Guid? EvaluationId { get; init; }

    /// <summary>The mean over the ranking splits, if the benchmark shows it instead of those of the splits; otherwise null.</summary>
    public EntryScore? Mean { get; init; }

    /// <summary>The scores by split; empty if they are withheld.</summary>
    public required IReadOnlyDictionary<string, EntryScore> Splits { get; init; }
}

/// <summary>The score of an entry on a split.</summary>
/// <param name="Loss">The loss of the ranking metric, which is lower for a better entry.</param>
/// <param name="Lower">The lower limit of its 95% interval; null for reported results.</param>
/// <param name="Upper">The upper limit of its 95% interval; null for reported results.</param>
public sealed record EntryScore(double Loss, double? Lower, double? Upper)
{
    /// <summary>The method of the interval, in words; null for reported results.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The standard deviation over the replicates of a reported result; null if it is not stated.</summary>
    public double? Deviation { get; init; }

    /// <summary>The number of replicates of a reported result; null if it is not stated.</summary>
    public int? Replicates { get; init; }

    /// <summary>The label version that it was scored with; null for reported results.</summary>
    public Guid? LabelVersionId { get; init; }

    /// <summary>The loss with its interval.</summary>
    public ErrorEstimate ToEstimate() => new(Loss, Lower, Upper);

    /// <summary>Replaces the loss and its interval by the rounded ones that are shown.</summary>
    public EntryScore With(ErrorEstimate shown) =>
        this with
        {
            Loss = shown.Error,
            Lower = shown.Lower,
            Upper = shown.Upper,
            IntervalMethod = shown.Lower is null ? null : IntervalMethod,
        };

    /// <summary>Its 95% interval; null for reported results.</summary>
    public Interval? Interval => this is { Lower: { } lower, Upper: { } upper } ? new Interval(lower, upper) : null;
}
