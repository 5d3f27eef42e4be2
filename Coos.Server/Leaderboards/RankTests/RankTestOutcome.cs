using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>The result of the paired tests of a board.</summary>
/// <param name="Input">The tested entries.</param>
/// <param name="Intervals">The rank interval of each entry, by submission; null if the tests failed.</param>
/// <param name="Unit">The unit of the tests: "image", "well" or "plate"; null if the intervals of the scores were compared.</param>
/// <param name="Units">The number of units in the ranking splits.</param>
internal sealed record RankTestOutcome(RankTestInput Input, IReadOnlyDictionary<Guid, RankInterval>? Intervals, string? Unit, int Units)
{
    /// <summary>Computes the rank intervals from the published scores and intervals alone, so that they reveal nothing more.</summary>
    /// <remarks>
    /// p = P(|Z| >= |d| / se), with se from the half-widths on the sides that face each other (MOVER). Entries predict the same
    /// images, so their errors usually rise and fall together, and the test is conservative.
    /// </remarks>
    public static RankTestOutcome FromIntervals(RankTestInput input, IReadOnlyDictionary<Guid, RankedEntry> rows)
    {
        double[] errors = [.. input.Entries.Select(e => e.Score)];
        Interval[] limits = [.. input.Entries.Select(e => rows[e.Id].Entry.Mean!.Interval!.Value)];
        var intervals = RankIntervals.Compute(errors, (i, j) => errors[i] <= errors[j] ? ComputeP(i, j) : ComputeP(j, i));
        return new RankTestOutcome(
            input,
            input.Entries.Select((e, i) => (e.Id, Interval: intervals[i])).ToDictionary(e => e.Id, e => e.Interval),
            null,
            0
        );

        double ComputeP(int better, int worse)
        {
            var (above, below) = (limits[better].Upper - errors[better], errors[worse] - limits[worse].Lower);
            var error = Math.Sqrt((above * above) + (below * below)) / Wilson.Normal975;
            return error > 0 ? Normal.TwoSided((errors[worse] - errors[better]) / error) : 1;
        }
    }

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
