using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards.RankTests;

namespace Coos.Server.Leaderboards;

/// <summary>How far the tests of a board are.</summary>
public enum BoardTestState
{
    /// <summary>Fewer than two entries have predictions, so there is nothing to test.</summary>
    None,

    /// <summary>They are being computed.</summary>
    Computing,

    /// <summary>The intervals are there.</summary>
    Ready,

    /// <summary>They failed; the server's log says why, and they are tried again.</summary>
    Failed,
}

/// <summary>What the paired tests of a board say.</summary>
/// <param name="State">How far they are.</param>
/// <param name="Entries">The entries that are tested, each against every other.</param>
/// <param name="Untested">The entries with predictions that are not: behind the best 1,000, or scored with other labels.</param>
/// <param name="Unit">"image", "well" or "plate"; null until it is known.</param>
/// <param name="Units">How many of them the ranking splits have; 0 until it is known.</param>
/// <param name="TiedRanks">The ranks of the entries that cannot be told from the best; none where one is better than every other.</param>
public sealed record BoardTests(BoardTestState State, int Entries, int Untested, string? Unit, int Units, IReadOnlyList<int> TiedRanks)
{
    /// <summary>Whether so few plates or wells, or images, could show no difference of any two entries: n give a p of 1/2^n at least, before Holm.</summary>
    public bool IsBlind => State == BoardTestState.Ready && Math.Pow(2, -Units) > RankIntervals.Level / (Entries * (Entries - 1.0) / 2);

    /// <summary>The tests of a board.</summary>
    internal static BoardTests Of(IReadOnlyList<RankedEntry> rows, RankTestInput contest, RankTestOutcome? outcome) =>
        new(
            contest.Entries.Count < 2 ? BoardTestState.None
                : outcome is null ? BoardTestState.Computing
                : outcome.Intervals is null ? BoardTestState.Failed
                : BoardTestState.Ready,
            contest.Entries.Count,
            contest.Untested,
            outcome?.Intervals is null ? null : outcome.Unit,
            outcome?.Units ?? 0,
            [.. rows.Where(r => r.IsTiedWithBest == true).Select(r => r.Rank!.Value)]
        );
}
