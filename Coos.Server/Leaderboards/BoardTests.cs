using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards.RankTests;

namespace Coos.Server.Leaderboards;

/// <summary>The state of the tests of a board.</summary>
public enum BoardTestState
{
    /// <summary>Fewer than two entries have predictions, so there is nothing to test.</summary>
    None,

    /// <summary>The tests are being computed.</summary>
    Computing,

    /// <summary>The intervals are available.</summary>
    Ready,

    /// <summary>The tests failed. The cause is in the server's log, and they will be retried.</summary>
    Failed,
}

/// <summary>The result of the paired tests of a board.</summary>
/// <param name="State">The state of the tests.</param>
/// <param name="Entries">The number of entries that are tested against each other.</param>
/// <param name="Untested">
/// The number of entries with predictions that are not tested: ranked behind the best 1,000, or scored with other labels.
/// </param>
/// <param name="Unit">The unit of the tests: "image", "well" or "plate"; null until it is known.</param>
/// <param name="Units">The number of units in the ranking splits; 0 until it is known.</param>
/// <param name="TiedRanks">
/// The ranks of the entries that show no difference from the best tested one, itself included; empty if one entry is better than all
/// others.
/// </param>
public sealed record BoardTests(BoardTestState State, int Entries, int Untested, string? Unit, int Units, IReadOnlyList<int> TiedRanks)
{
    /// <summary>
    /// Whether there are too few units for any significant difference: with n units, p before the Holm correction is at
    /// least 1/2^n.
    /// </summary>
    public bool HasTooFewUnits =>
        State == BoardTestState.Ready && Unit is not null && Math.Pow(2, -Units) > RankIntervals.Level / (Entries * (Entries - 1.0) / 2);

    /// <summary>Creates the test summary of a board.</summary>
    internal static BoardTests Create(IReadOnlyList<RankedEntry> rows, RankTestInput input, RankTestOutcome? outcome) =>
        new(
            input.Entries.Count < 2 ? BoardTestState.None
                : outcome is null ? BoardTestState.Computing
                : outcome.Intervals is null ? BoardTestState.Failed
                : BoardTestState.Ready,
            input.Entries.Count,
            input.Untested,
            outcome?.Intervals is null ? null : outcome.Unit,
            outcome?.Units ?? 0,
            [.. rows.Where(r => r.IsTiedWithBest == true).Select(r => r.Rank!.Value)]
        );
}
