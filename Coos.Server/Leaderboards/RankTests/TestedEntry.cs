using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>An entry with known predictions, so that it can be tested against others.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Score">The mean balanced error that determines its rank, 0..1.</param>
internal sealed record TestedEntry(Guid Id, double Score);

/// <summary>The entries of a board that are tested against each other: best first, all scored with the same labels.</summary>
/// <param name="Labels">The label version of each ranking split, in the order of the manifest.</param>
/// <param name="Entries">The entries, best first.</param>
/// <param name="Untested">
/// The number of entries with predictions that are not tested: beyond the maximum, or scored with other labels.
/// </param>
internal sealed record RankTestInput(IReadOnlyList<Guid> Labels, IReadOnlyList<TestedEntry> Entries, int Untested)
{
    /// <summary>
    /// The maximum number of tested entries: half a million pairs take seconds and 8 MB. Entries beyond it have no rank
    /// interval.
    /// </summary>
    public const int MaximumEntries = ScreenedPair.MaximumEntries;

    /// <summary>The part of the labels that the scores are of.</summary>
    public LabelPart Part { get; init; }

    /// <summary>Whether another input has the same labels, so that tests of pairs can be kept.</summary>
    public bool HasSameLabels(RankTestInput other) => Part == other.Part && Labels.SequenceEqual(other.Labels);

    /// <summary>Whether another input has the same entries and labels, and so the same outcome.</summary>
    public bool HasSameEntries(RankTestInput other) => HasSameLabels(other) && Entries.SequenceEqual(other.Entries);

    /// <summary>Selects the entries of a guarded board whose scores have an interval.</summary>
    /// <param name="ranked">The board, best first.</param>
    public static RankTestInput CreateFromIntervals(IEnumerable<RankedEntry> ranked)
    {
        var known = ranked.Where(r => r.Entry.Mean?.Interval is not null).Select(r => new TestedEntry(r.Entry.Id, r.Score!.Value)).ToList();
        return new RankTestInput([], [.. known.Take(MaximumEntries)], Math.Max(0, known.Count - MaximumEntries));
    }

    /// <summary>Selects the entries of a ranked board to test.</summary>
    /// <param name="ranked">The board, best first.</param>
    /// <param name="splits">The ranking splits.</param>
    public static RankTestInput Create(IEnumerable<RankedEntry> ranked, IReadOnlyList<string> splits)
    {
        var known = ranked.Where(r => r.Rank is not null && splits.All(s => r.Entry.Splits[s].LabelVersionId is not null));
        var group = EntryGroup.Select(known, splits, MaximumEntries);
        return new RankTestInput(
            group.Labels,
            [.. group.Rows.Select(r => new TestedEntry(r.Entry.Id, r.Score!.Value))],
            group.Others.Count
        );
    }
}
