using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>The result of the paired tests of a board.</summary>
/// <param name="Input">The tested entries.</param>
/// <param name="Intervals">The rank interval of each entry, by submission; null if the tests failed.</param>
/// <param name="Unit">The unit of the tests: "image", "well" or "plate".</param>
/// <param name="Units">The number of units in the ranking splits.</param>
internal sealed record RankTestOutcome(RankTestInput Input, IReadOnlyDictionary<Guid, RankInterval>? Intervals, string Unit, int Units)
{
    /// <summary>Computes the rank intervals from the tests of pairs.</summary>
    /// <remarks>Bounds settle most pairs; the exact p value is computed for the rest.</remarks>
    public static RankTestOutcome Compute(RankTestInput input, PairTable table, CancellationToken cancellation)
    {
        var entries = input.Entries;
        double[] errors = [.. entries.Select(e => e.Score)];
        var intervals = RankIntervals.Compute(
            errors,
            (i, j) =>
            {
                cancellation.ThrowIfCancellationRequested();
                var screened = table.Screened(entries[i].Id, entries[j].Id);
                return screened.IsSettled ? screened.P : table.Exact(entries[i].Id, entries[j].Id);
            }
        );
        return new RankTestOutcome(
            input,
            entries.Select((e, i) => (e.Id, Interval: intervals[i])).ToDictionary(e => e.Id, e => e.Interval),
            table.Layout.Unit,
            table.Layout.Units
        );
    }
}
