using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>What the tests of a contest say.</summary>
/// <param name="RankTestInput">Who was tested.</param>
/// <param name="Intervals">The interval of each entry, by its submission; null where the tests failed.</param>
/// <param name="Unit">"image", "well" or "plate".</param>
/// <param name="Units">How many of them the ranking splits have.</param>
internal sealed record RankTestOutcome(
    RankTestInput RankTestInput,
    IReadOnlyDictionary<Guid, RankInterval>? Intervals,
    string Unit,
    int Units
)
{
    /// <summary>Judges a contest from its pairs.</summary>
    /// <remarks>Bounds settle most pairs; what they leave open is computed.</remarks>
    public static RankTestOutcome Of(RankTestInput contest, PairTable table, CancellationToken cancellation)
    {
        var entries = contest.Entries;
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
            contest,
            entries.Select((e, i) => (e.Id, Interval: intervals[i])).ToDictionary(e => e.Id, e => e.Interval),
            table.Layout.Unit,
            table.Layout.Units
        );
    }
}
