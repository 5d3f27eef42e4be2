using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards;

/// <summary>An entry with its rank.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Rank">The rank from 1, shared by ties (1, 2, 2, 4); null unless every ranking split is scored.</param>
/// <param name="Score">The mean balanced error over the ranking splits, 0..1; null unless every ranking split is scored.</param>
/// <param name="Gap">The score minus the balanced error on the reference split; null if either is missing.</param>
public sealed record RankedEntry(LeaderboardEntry Entry, int? Rank, double? Score, double? Gap)
{
    /// <summary>The 95% interval of the score, combined from those of the ranking splits; null if one of them has none.</summary>
    public Interval? ScoreInterval { get; init; }

    /// <summary>The 95% interval of the gap, combined from those of the score and the reference split; null if one has none.</summary>
    public Interval? GapInterval { get; init; }

    /// <summary>
    /// The range of ranks that the data cannot rule out; null if the entry was not tested. The scores of rows without
    /// predictions are taken as exact.
    /// </summary>
    public (int Lowest, int Highest)? Interval { get; init; }

    /// <summary>
    /// Whether no difference is shown from the best of the tested entries. False if one entry is better than all others;
    /// null if the entry was not tested.
    /// </summary>
    public bool? IsTiedWithBest { get; init; }

    /// <summary>Its ranks by other summaries; null unless every ranking split is shown.</summary>
    public OtherRanks? OtherRanks { get; init; }

    /// <summary>The effect of the shift on the entry.</summary>
    public EntryShift Shift { get; init; } = EntryShift.None;
}

/// <summary>The effect of the covariate shift on an entry.</summary>
/// <param name="Gaps">The balanced error minus that of the reference split, by test split other than the reference.</param>
/// <param name="WorstSplit">The test split with the largest balanced error; null with fewer than two.</param>
/// <param name="EffectiveRobustness">
/// The accuracy on the ranking splits minus that expected by the board's line, -1..1; null without a reliable line or a score.
/// </param>
public sealed record EntryShift(IReadOnlyDictionary<string, ShiftGap> Gaps, string? WorstSplit, double? EffectiveRobustness)
{
    /// <summary>An unknown effect.</summary>
    public static EntryShift None { get; } = new(new Dictionary<string, ShiftGap>(), null, null);
}

/// <summary>The difference in error between a split and the reference.</summary>
/// <param name="Gap">The difference of the balanced errors, -1..1.</param>
/// <param name="Interval">Its 95% interval; null for reported results.</param>
public readonly record struct ShiftGap(double Gap, Interval? Interval);
