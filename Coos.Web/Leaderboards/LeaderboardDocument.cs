using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Groups;
using Coos.Shared.Metrics;
using Coos.Shared.Submissions;
using Coos.Web.Mixes;

namespace Coos.Web.Leaderboards;

/// <summary>A page of a leaderboard in the API.</summary>
/// <param name="Rows">The entries.</param>
/// <param name="Total">The number of entries that match the filter.</param>
/// <param name="Page">The page number, from 1.</param>
/// <param name="PageSize">The maximum number of entries per page.</param>
/// <param name="Ranking">What the ranks of the whole leaderboard show.</param>
/// <param name="Robustness">The fitted line of accuracies under shift; absent with fewer than five entries.</param>
internal sealed record LeaderboardDocument(
    IReadOnlyList<LeaderboardRow> Rows,
    int Total,
    int Page,
    int PageSize,
    RankingDocument Ranking,
    RobustnessDocument? Robustness
)
{
    /// <summary>The mix of classes and costs by which the rows are ranked; absent unless weights, costs or splits are given.</summary>
    public MixDocument? Mix { get; init; }

    /// <summary>The group of images whose scores the rows have; absent without one.</summary>
    public LeaderboardGroup? Group { get; init; }

    /// <summary>Creates the document of a page.</summary>
    /// <param name="board">The board.</param>
    /// <param name="page">Its page.</param>
    /// <param name="group">The scores within a group; null for none.</param>
    public static LeaderboardDocument Of(Board board, LeaderboardPage page, BoardGroup? group = null) =>
        new(
            [.. page.Rows.Select(row => LeaderboardRow.Of(row, board) with { Group = LeaderboardGroup.FindScores(row.Entry, group) })],
            page.Total,
            page.Page,
            page.PageSize,
            RankingDocument.Of(board),
            RobustnessDocument.Of(board)
        )
        {
            Group = LeaderboardGroup.Of(group),
        };
}

/// <summary>What the ranks of a leaderboard show.</summary>
/// <param name="Metric">The ranking metric.</param>
/// <param name="Intervals">none (fewer than two entries have predictions), computing, ready or failed.</param>
/// <param name="Tested">The number of tested entries; each is tested against every other.</param>
/// <param name="Untested">
/// The number of entries with predictions that are not tested: ranked below the best 1,000, or scored with other labels.
/// </param>
/// <param name="Unit">What the paired test treats as independent: image, well or plate; absent until it is known.</param>
/// <param name="TiedWithBest">
/// The number of entries without a shown difference from the best, itself included (paired test, Holm, 5%); 0 if one entry is
/// significantly better than every other; absent until it is known.
/// </param>
/// <param name="Conclusion">The same in words.</param>
internal sealed record RankingDocument(
    MetricId Metric,
    BoardTestState Intervals,
    int Tested,
    int Untested,
    string? Unit,
    int? TiedWithBest,
    string Conclusion
)
{
    /// <summary>Creates the document of a board.</summary>
    public static RankingDocument Of(Board board) =>
        new(
            board.Benchmark.Ranking.Metric,
            board.Tests.State,
            board.Tests.Entries,
            board.Tests.Untested,
            board.Tests.Unit,
            board.Tests.State == BoardTestState.Ready ? board.Tests.TiedRanks.Count : null,
            board.Conclusion
        );
}

/// <summary>
/// The fitted line of accuracy under shift: logit(mean balanced accuracy on the ranking splits) =
/// intercept + slope logit(balanced accuracy on the reference split).
/// </summary>
/// <param name="Slope">The slope, on logit axes.</param>
/// <param name="Intercept">The intercept, on logit axes.</param>
/// <param name="RSquared">The share of the variance that the line explains, 0..1, on logit axes.</param>
/// <param name="IsReliable">Whether R² is at least 0.8; otherwise no entry has an effective robustness.</param>
/// <param name="Splits">The same line for each shifted split that at least five entries have.</param>
internal sealed record RobustnessDocument(
    double Slope,
    double Intercept,
    double RSquared,
    bool IsReliable,
    IReadOnlyDictionary<string, RobustnessLine> Splits
)
{
    /// <summary>Creates the document of a board; null if the board has no line.</summary>
    public static RobustnessDocument? Of(Board board) =>
        board.Line is not { } line
            ? null
            : new(line.Slope, line.Intercept, line.RSquared, line.IsReliable, board.ShiftedLines.ToDictionary(l => l.Key, l => l.Value));
}

/// <summary>The effect of the shift on an entry.</summary>
/// <param name="Gaps">For each test split other than the reference: its value of the ranking metric minus that of the reference.</param>
/// <param name="WorstSplit">The test split with the worst value.</param>
/// <param name="EffectiveRobustness">
/// Mean balanced accuracy on the ranking splits minus the value predicted by the board's line, -1..1; absent without a reliable line.
/// </param>
/// <param name="EffectiveRobustnessInterval">
/// Its 95% interval, lower and upper, from resampled families of methods; absent with fewer than three families.
/// </param>
internal sealed record GeneralisationDocument(
    IReadOnlyDictionary<string, GapDocument> Gaps,
    string? WorstSplit,
    double? EffectiveRobustness,
    double[]? EffectiveRobustnessInterval
)
{
    /// <summary>Creates the document of an entry; null if its gaps and worst split are unknown.</summary>
    public static GeneralisationDocument? Of(RankedEntry row, Board board) =>
        row.Shift is { Gaps.Count: 0, WorstSplit: null }
            ? null
            : new(
                row.Shift.Gaps.ToDictionary(g => g.Key, g => Gap(g.Key, g.Value, row, board)),
                row.Shift.WorstSplit,
                row.Shift.EffectiveRobustness,
                board.FindRobustnessInterval(row)?.ToArray()
            );

    private static GapDocument Gap(string split, ShiftGap gap, RankedEntry row, Board board) =>
        new(
            board.Benchmark.Ranking.Info.ToDifference(gap.Gap),
            gap.Interval is { } own ? board.Benchmark.Ranking.Info.ToDifferences(own.Lower, own.Upper) : null,
            board.ShiftedLines.TryGetValue(split, out var line)
            && line.IsReliable
            && ShiftCosts.FindAccuracies(row, board.Benchmark, split) is { } both
                ? line.EffectiveRobustness(both.Reference, both.Shifted)
                : null
        );
}

/// <summary>The increase of an entry's error from the reference split to another split.</summary>
/// <param name="Gap">The difference of the values of the ranking metric.</param>
/// <param name="Interval">Its 95% interval, lower and upper, from those of both splits (MOVER); absent for reported results.</param>
/// <param name="EffectiveRobustness">
/// Balanced accuracy on the split minus the value predicted by the split's line, -1..1; absent without a reliable line.
/// </param>
internal sealed record GapDocument(double Gap, double[]? Interval, double? EffectiveRobustness);

/// <summary>An entry of a leaderboard in the API.</summary>
internal sealed record LeaderboardRow
{
    /// <summary>The rank, from 1; entries with equal scores share it. Absent unless every ranking split is scored.</summary>
    public int? Rank { get; init; }

    /// <summary>The 95% interval of the rank, lowest and highest; absent if the entry was not tested.</summary>
    public int[]? RankInterval { get; init; }

    /// <summary>
    /// Whether no difference is shown from the best tested entry. Either no entry is tied or at least two are.
    /// Absent if the entry was not tested.
    /// </summary>
    public bool? TiedWithBest { get; init; }

    /// <summary>Why its scores are withheld; absent if they are not.</summary>
    public string? Withheld { get; init; }

    /// <summary>The submission's or reported result's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The features of a reported result or baseline.</summary>
    public string? Features { get; init; }

    /// <summary>The classifier of a reported result or baseline.</summary>
    public string? Classifier { get; init; }

    /// <summary>
    /// The method's family: as the submitter names it, or deeploc, pci, vgg, texture or other from the start of the method's name.
    /// </summary>
    public required string Family { get; init; }

    /// <summary>The submitter; for reported results, the publication.</summary>
    public required string Submitter { get; init; }

    /// <summary>The kind of entry.</summary>
    public required SubmissionKind Kind { get; init; }

    /// <summary>When it was received, UTC; absent for reported results.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Whether data other than the training split was used; absent if not stated.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>The run of the method that it is, usually the seed; absent if not stated.</summary>
    public string? Run { get; init; }

    /// <summary>How the method was trained and tuned, as stated by the submitter; absent if nothing is stated.</summary>
    public Protocol? Protocol { get; init; }

    /// <summary>The URL of its paper.</summary>
    public Uri? PaperUrl { get; init; }

    /// <summary>The URL of its code.</summary>
    public Uri? CodeUrl { get; init; }

    /// <summary>
    /// Who vouches for it: none (sent without an account), signedIn or organiser (checked by an organiser); absent for baselines and
    /// reported results.
    /// </summary>
    public Verification? Verification { get; init; }

    /// <summary>Whether verification is not none; absent for baselines and reported results.</summary>
    public bool? Verified => Verification is { } level ? level != Coos.Shared.Submissions.Verification.None : null;

    /// <summary>
    /// The mean of the ranking metric over the ranking splits; absent unless all of them are scored. With weights, costs or splits, the
    /// weighted error: a share of images, or the mean cost per image.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The score's 95% interval, lower and upper, from those of the ranking splits (MOVER); absent for reported results.</summary>
    public double[]? ScoreInterval { get; init; }

    /// <summary>Its ranks by other summaries of the test splits; absent unless every ranking split is shown.</summary>
    public OtherRanks? OtherRanks { get; init; }

    /// <summary>
    /// The number of submissions by its submitter to this benchmark, private and deleted ones included; absent without an account.
    /// </summary>
    public int? Tries { get; init; }

    /// <summary>The score minus the value of the ranking metric on the reference split.</summary>
    public double? Gap { get; init; }

    /// <summary>The gap's 95% interval, lower and upper, from those of score and reference (MOVER); absent for reported results.</summary>
    public double[]? GapInterval { get; init; }

    /// <summary>The effect of the shift; absent with fewer than two scored test splits.</summary>
    public GeneralisationDocument? Generalisation { get; init; }

    /// <summary>The scores of the scored splits, by split name.</summary>
    public required IReadOnlyDictionary<string, LeaderboardScore> Splits { get; init; }

    /// <summary>Its scores within the group, by split; absent without a group, empty if it has none.</summary>
    public IReadOnlyDictionary<string, LeaderboardGroupScore>? Group { get; init; }

    /// <summary>Its URLs.</summary>
    public required SubmissionLinks Links { get; init; }

    /// <summary>What a mix changes for it; absent unless weights, costs or splits are given.</summary>
    public MixRowDocument? Mix { get; init; }

    /// <summary>Creates the row of an entry.</summary>
    public static LeaderboardRow Of(RankedEntry ranked, Board board) =>
        new()
        {
            Rank = ranked.Rank,
            RankInterval = ranked.Interval is { } range ? [range.Lowest, range.Highest] : null,
            TiedWithBest = ranked.IsTiedWithBest,
            Withheld = ranked.Entry.Withheld,
            Id = ranked.Entry.Id,
            Method = ranked.Entry.Method,
            Features = ranked.Entry.Features,
            Classifier = ranked.Entry.Classifier,
            Family = ranked.Entry.Family,
            Submitter = ranked.Entry.Submitter,
            Kind = ranked.Entry.Kind,
            CreatedAt = ranked.Entry.CreatedAt,
            ExternalData = ranked.Entry.ExternalData,
            Run = ranked.Entry.Run,
            Protocol = ranked.Entry.Protocol.IsEmpty ? null : ranked.Entry.Protocol,
            PaperUrl = ranked.Entry.PaperUrl,
            CodeUrl = ranked.Entry.CodeUrl,
            Verification = ranked.Entry.Verification,
            Score = ranked.Score is { } loss ? board.Benchmark.Ranking.Info.ToValue(loss) : null,
            ScoreInterval = ranked.ScoreInterval is { } own ? board.Benchmark.Ranking.Info.ToValues(own.Lower, own.Upper) : null,
            OtherRanks = ranked.OtherRanks,
            Tries = ranked.Entry.Tries,
            Gap = ranked.Gap is { } gap ? board.Benchmark.Ranking.Info.ToDifference(gap) : null,
            GapInterval = ranked.GapInterval is { } gaps ? board.Benchmark.Ranking.Info.ToDifferences(gaps.Lower, gaps.Upper) : null,
            Generalisation = GeneralisationDocument.Of(ranked, board),
            Splits = ranked.Entry.Splits.ToDictionary(s => s.Key, s => LeaderboardScore.Of(s.Value, board.Benchmark.Ranking.Info)),
            Links = SubmissionLinks.For(ranked.Entry.Id),
        };
}

/// <summary>The score of an entry on a split in the API.</summary>
/// <param name="BalancedError">The class-balanced error, 0..1; absent if the benchmark ranks by another metric.</param>
/// <param name="BalancedErrorInterval">Its 95% interval, lower and upper; absent for reported results.</param>
/// <param name="IntervalMethod">The method of the interval, in words: by well or plate, or per image; absent for reported results.</param>
internal sealed record LeaderboardScore(double? BalancedError, double[]? BalancedErrorInterval, string? IntervalMethod)
{
    /// <summary>The value of the ranking metric; absent for the balanced error.</summary>
    public double? Value { get; init; }

    /// <summary>Its 95% interval, lower and upper; absent for the balanced error, and for reported results.</summary>
    public double[]? Interval { get; init; }

    /// <summary>The standard deviation over replicates of a reported result; absent if it is not stated.</summary>
    public double? Deviation { get; init; }

    /// <summary>The number of replicates of a reported result; absent if it is not stated.</summary>
    public int? Replicates { get; init; }

    /// <summary>Creates the document of a score.</summary>
    public static LeaderboardScore Of(EntryScore score, MetricInfo metric)
    {
        var interval = score is { Lower: { } lower, Upper: { } upper } ? metric.ToValues(lower, upper) : null;
        var isBalancedError = metric.Id == MetricId.BalancedError;
        return new LeaderboardScore(isBalancedError ? score.Loss : null, isBalancedError ? interval : null, score.IntervalMethod)
        {
            Value = isBalancedError ? null : metric.ToValue(score.Loss),
            Interval = isBalancedError ? null : interval,
            Deviation = score.Deviation,
            Replicates = score.Replicates,
        };
    }
}
