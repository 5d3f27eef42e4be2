using Coos.Shared.Submissions;

namespace Coos.Web.Leaderboard;

/// <summary>A page of a leaderboard as the API sends it.</summary>
/// <param name="Rows">The entries.</param>
/// <param name="Total">How many entries pass the filter.</param>
/// <param name="Page">From 1.</param>
/// <param name="PageSize">The most entries of a page.</param>
internal sealed record LeaderboardDocument(IReadOnlyList<LeaderboardRow> Rows, int Total, int Page, int PageSize)
{
    /// <summary>The document of a page.</summary>
    public static LeaderboardDocument Of(LeaderboardPage page) =>
        new([.. page.Rows.Select(LeaderboardRow.Of)], page.Total, page.Page, page.PageSize);
}

/// <summary>One entry of a leaderboard as the API sends it.</summary>
internal sealed record LeaderboardRow
{
    /// <summary>From 1, shared by equals; absent unless every ranking split is scored.</summary>
    public int? Rank { get; init; }

    /// <summary>The submission's or reported result's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The features of a reported result or baseline.</summary>
    public string? Features { get; init; }

    /// <summary>The classifier of a reported result or baseline.</summary>
    public string? Classifier { get; init; }

    /// <summary>Who sent it; the publication for reported results.</summary>
    public required string Submitter { get; init; }

    /// <summary>Where it comes from.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>When it was received, UTC; absent for reported results.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Whether other data than the training split was used; absent where not said.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>Where its paper is.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>Where its code is.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>Whether it is known who sent it, by an account or an organiser's word; absent for baselines and reported results.</summary>
    public bool? Verified { get; init; }

    /// <summary>The mean balanced error over the ranking splits, 0..1; absent unless every one is scored.</summary>
    public double? Score { get; init; }

    /// <summary>The score minus the balanced error on the reference split.</summary>
    public double? Gap { get; init; }

    /// <summary>The score of each split that is known, by the split's name.</summary>
    public required IReadOnlyDictionary<string, LeaderboardScore> Splits { get; init; }

    /// <summary>Where to find it.</summary>
    public required SubmissionLinks Links { get; init; }

    /// <summary>The row of an entry.</summary>
    public static LeaderboardRow Of(RankedEntry ranked) => new()
    {
        Rank = ranked.Rank,
        Id = ranked.Entry.Id,
        Method = ranked.Entry.Method,
        Features = ranked.Entry.Features,
        Classifier = ranked.Entry.Classifier,
        Submitter = ranked.Entry.Submitter,
        Kind = ranked.Entry.Kind,
        CreatedAt = ranked.Entry.CreatedAt,
        ExternalData = ranked.Entry.ExternalData,
        PaperUrl = ranked.Entry.PaperUrl,
        CodeUrl = ranked.Entry.CodeUrl,
        Verified = ranked.Entry.IsVerified,
        Score = ranked.Score,
        Gap = ranked.Gap,
        Splits = ranked.Entry.Splits.ToDictionary(s => s.Key, s => LeaderboardScore.Of(s.Value)),
        Links = SubmissionLinks.For(ranked.Entry.Id),
    };
}

/// <summary>The score of an entry on a split as the API sends it.</summary>
/// <param name="BalancedError">0..1.</param>
/// <param name="BalancedErrorInterval">Its 95% interval, lower and upper; absent for reported results.</param>
internal sealed record LeaderboardScore(double BalancedError, double[]? BalancedErrorInterval)
{
    /// <summary>The document of a score.</summary>
    public static LeaderboardScore Of(EntryScore score) =>
        new(score.BalancedError, score is { Lower: { } lower, Upper: { } upper } ? [lower, upper] : null);
}
