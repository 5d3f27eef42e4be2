using Coos.Evaluator.Statistics;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>An entry whose predictions are known, so that it can be tested against others.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Score">The mean balanced error by which it ranks, 0..1.</param>
internal sealed record TestedEntry(Guid Id, double Score);

/// <summary>The entries of a board that are tested against each other: ordered best first, scored with the same labels.</summary>
/// <param name="Labels">The label version of each ranking split, in the order of the manifest.</param>
/// <param name="Entries">The entries, best first.</param>
/// <param name="Untested">How many more have predictions and are not tested, because the board is too long or they were scored with other labels.</param>
internal sealed record RankTestInput(IReadOnlyList<Guid> Labels, IReadOnlyList<TestedEntry> Entries, int Untested)
{
    /// <summary>
    /// The most entries that are tested: half a million pairs take seconds and 8 MB. The rows behind them are told that
    /// they have no interval.
    /// </summary>
    public const int MaximumEntries = ScreenedPair.MaximumEntries;

    /// <summary>Whether another contest has the same outcome.</summary>
    public bool IsSame(RankTestInput other) => Labels.SequenceEqual(other.Labels) && Entries.SequenceEqual(other.Entries);

    /// <summary>The contest of a ranked board.</summary>
    /// <param name="ranked">The board, best first.</param>
    /// <param name="splits">The ranking splits.</param>
    public static RankTestInput Of(IEnumerable<RankedEntry> ranked, IReadOnlyList<string> splits)
    {
        var known = ranked
            .Where(r => r.Rank is not null && splits.All(s => r.Entry.Splits[s].LabelVersionId is not null))
            .Select(r =>
                (
                    Entry: new TestedEntry(r.Entry.Id, r.Score!.Value),
                    Labels: splits.Select(s => r.Entry.Splits[s].LabelVersionId!.Value).ToArray()
                )
            )
            .ToList();

        // Entries that could not be scored anew keep scores of older labels; only one set of labels can be tested at a time.
        var most = known.GroupBy(k => string.Join(' ', k.Labels)).MaxBy(g => g.Count());
        return most is null
            ? new RankTestInput([], [], 0)
            : new RankTestInput(
                most.First().Labels,
                [.. most.Select(k => k.Entry).Take(MaximumEntries)],
                known.Count - Math.Min(most.Count(), MaximumEntries)
            );
    }
}
