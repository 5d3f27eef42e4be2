using Coos.Evaluator.Statistics;

namespace Coos.Web.Leaderboard.RankTests;

/// <summary>What the tests of a contest say.</summary>
/// <param name="Contest">Who was tested.</param>
/// <param name="Intervals">The interval of each entry, by its submission; null where the tests failed.</param>
/// <param name="Unit">"image", "well" or "plate".</param>
internal sealed record ContestOutcome(Contest Contest, IReadOnlyDictionary<Guid, RankInterval>? Intervals, string Unit)
{
    /// <summary>Judges a contest from its pairs.</summary>
    /// <remarks>
    /// All pairs are judged by bounds first. What these leave open is computed only where it could matter: a p that is
    /// drawn or enumerated is at least <see cref="ScreenedPair.Floor"/>, and Holm multiplies it by the number of pairs that
    /// are not yet told apart.
    /// </remarks>
    public static ContestOutcome Of(Contest contest, PairTable table, CancellationToken cancellation)
    {
        var entries = contest.Entries;
        double[] errors = [.. entries.Select(e => e.Score)];
        double[] bounds = [.. Pairs(entries.Count).Select(pair => Screened(pair).P)];
        var open = RankIntervals.Holm(bounds).Count(p => p > RankIntervals.Level);
        var mayMatter = open * ScreenedPair.Floor <= RankIntervals.Level;
        var intervals = RankIntervals.Of(errors, (i, j) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var screened = Screened((i, j));
            return screened.IsSettled || !mayMatter ? screened.P : table.Exact(entries[i].Id, entries[j].Id);
        });
        return new ContestOutcome(contest, entries.Select((e, i) => (e.Id, Interval: intervals[i])).ToDictionary(e => e.Id, e => e.Interval), table.Layout.Unit);

        ScreenedPair Screened((int First, int Second) pair) => table.Screened(entries[pair.First].Id, entries[pair.Second].Id);
    }

    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j)));
}
