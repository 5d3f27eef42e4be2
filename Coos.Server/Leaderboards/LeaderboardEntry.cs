using Coos.Evaluator.Statistics;
using Coos.Shared.Submissions;

namespace Coos.Server.Leaderboards;

/// <summary>One entry of a benchmark before it is ranked.</summary>
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

    /// <summary>Who sent it; the publication for reported results.</summary>
    public required string Submitter { get; init; }

    /// <summary>Its family, by the name of its features or method. Kept, for a filter asks it of every row.</summary>
    public string Family => field ??= MethodFamily.Of(Features ?? Method);

    /// <summary>Where it comes from.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>UTC; null for reported results, which come before all others of the same score.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Since when it stands on the leaderboard, UTC; null for reported results and for what is not on it.</summary>
    public DateTime? PublishedAt { get; init; }

    /// <summary>Whether it says that other data were used; null where it does not say.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>Its paper; null for none.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>Its code; null for none.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>Whether it is known who sent it; null for baselines and reported results.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>Whether its scores are withheld: they are no improvement above the step of the benchmark's ladder.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>The evaluation of its scores; null for reported results.</summary>
    public Guid? EvaluationId { get; init; }

    /// <summary>The score of each split that is known; none where they are withheld.</summary>
    public required IReadOnlyDictionary<string, EntryScore> Splits { get; init; }
}

/// <summary>The score of an entry on a split.</summary>
/// <param name="BalancedError">0..1.</param>
/// <param name="Lower">The lower limit of its 95% interval; null for reported results.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record EntryScore(double BalancedError, double? Lower, double? Upper)
{
    /// <summary>How the interval was made, in words; null for reported results.</summary>
    public string? IntervalMethod { get; init; }

    /// <summary>The labels it was made with; null for reported results.</summary>
    public Guid? LabelVersionId { get; init; }

    /// <summary>Its 95% interval; null for reported results.</summary>
    public Interval? Interval => this is { Lower: { } lower, Upper: { } upper } ? new Interval(lower, upper) : null;
}
