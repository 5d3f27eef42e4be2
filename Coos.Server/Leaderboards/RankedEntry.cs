using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards;

/// <summary>An entry with its place.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Rank">From 1, shared by equals (1, 2, 2, 4); null unless every ranking split is scored.</param>
/// <param name="Score">The mean balanced error over the ranking splits, 0..1; null unless every one is scored.</param>
/// <param name="Gap">The score minus the balanced error on the reference split; null where either is missing.</param>
public sealed record RankedEntry(LeaderboardEntry Entry, int? Rank, double? Score, double? Gap)
{
    /// <summary>The 95% interval of the score, from those of the ranking splits; null where one of them has none.</summary>
    public Interval? ScoreInterval { get; init; }

    /// <summary>The 95% interval of the gap, from that of the score and of the reference split; null where one has none.</summary>
    public Interval? GapInterval { get; init; }

    /// <summary>
    /// The ranks that the data cannot rule out; null where the entry was not tested. Rows without predictions count as
    /// they stand.
    /// </summary>
    public (int Lowest, int Highest)? Interval { get; init; }

    /// <summary>
    /// Whether it cannot be told from the best of the tested entries: of two or more, never of one that is better than every
    /// other. Null where the entry was not tested.
    /// </summary>
    public bool? IsTiedWithBest { get; init; }

    /// <summary>What the shift does to it.</summary>
    public EntryShift Shift { get; init; } = EntryShift.None;
}

/// <summary>What the shift does to an entry.</summary>
/// <param name="Gaps">By test split other than the reference: its balanced error minus the reference split's.</param>
/// <param name="WorstSplit">The test split of the largest balanced error; null with fewer than two.</param>
/// <param name="EffectiveRobustness">Accuracy on the ranking splits minus what the board's line expects, -1..1; null without a line or a score.</param>
public sealed record EntryShift(IReadOnlyDictionary<string, ShiftGap> Gaps, string? WorstSplit, double? EffectiveRobustness)
{
    /// <summary>Nothing is known.</summary>
    public static EntryShift None { get; } = new(new Dictionary<string, ShiftGap>(), null, null);
}

/// <summary>How much worse a split is than the reference.</summary>
/// <param name="Gap">The difference of the balanced errors, -1..1.</param>
/// <param name="Interval">Its 95% interval; null for reported results.</param>
public readonly record struct ShiftGap(double Gap, Interval? Interval);
