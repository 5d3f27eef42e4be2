using Coos.Server.Accounts;
using Coos.Server.Leaderboards;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards;

/// <summary>What the chart of errors across the shift draws: some entries by name, and all of them as lines or as a band.</summary>
/// <param name="Named">The entries with a name, by rank: all of a small board, else the best and the reader's own.</param>
/// <param name="Others">The other entries of a small board.</param>
/// <param name="Band">The distribution of the entries of a large board; null for a small one.</param>
/// <param name="Count">The number of ranked entries that have a score on every split of the chart.</param>
public sealed record ShiftLines(IReadOnlyList<ShiftLine> Named, IReadOnlyList<ShiftLine> Others, ShiftBand? Band, int Count)
{
    /// <summary>The number of entries up to which each has a line; more are unreadable.</summary>
    public const int MaximumLines = 8;

    /// <summary>The number of entries with a name beside a band.</summary>
    public const int Best = 5;

    /// <summary>The number of the reader's own entries with a name, the best of them.</summary>
    public const int MaximumOwn = 3;

    /// <summary>The number of splits from which a chart takes the width of the page.</summary>
    public const int ManySplits = 7;

    /// <summary>Whether the chart has many columns.</summary>
    public bool HasManySplits => Named.Count > 0 && Named[0].Errors.Count >= ManySplits;

    /// <summary>The lines of an empty board.</summary>
    public static ShiftLines None { get; } = new([], [], null, 0);

    /// <summary>The columns of the chart: the test splits on which at least one entry has a score.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="benchmark">Their benchmark.</param>
    public static IReadOnlyList<Split> SplitsOf(IReadOnlyList<RankedEntry> board, Benchmark benchmark) =>
        [.. benchmark.TestSplits.Where(s => board.Any(r => r.Entry.Splits.ContainsKey(s.Name)))];

    /// <summary>Whether an entry has a score on every split, which a line requires. A guarded board may show no split at all.</summary>
    public static bool IsComplete(LeaderboardEntry entry, IReadOnlyCollection<Split> splits) =>
        splits.Count > 0 && splits.All(s => entry.Splits.ContainsKey(s.Name));

    /// <summary>Selects the lines of a board.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="splits">The chart's splits.</param>
    /// <param name="about">The entry that the chart is about, the only one with a name; null for the best and the reader's own.</param>
    /// <param name="viewer">The reader; null if unknown.</param>
    internal static ShiftLines Select(
        IReadOnlyList<RankedEntry> board,
        IReadOnlyList<Split> splits,
        Guid? about = null,
        Viewer? viewer = null
    )
    {
        string[] names = [.. splits.Select(s => s.Name)];
        List<ShiftLine> all =
        [
            .. from row in board
            where row.Rank is not null && IsComplete(row.Entry, splits)
            select ShiftLine.Create(row.Entry, names) with
            {
                IsOwn = viewer is not null && row.Entry.Owner is { } owner && Submitter.IsOf(owner, viewer),
            },
        ];
        var isSmall = all.Count <= MaximumLines;
        var own = all.Where(l => l.IsOwn).Take(MaximumOwn).ToHashSet();
        var named = all.Where((l, i) => about is null ? isSmall || i < Best || own.Contains(l) : l.Id == about).ToList();
        return new ShiftLines(
            named,
            isSmall ? [.. all.Except(named)] : [],
            isSmall ? null : ShiftBand.Compute([.. all.Select(l => l.Errors)]),
            all.Count
        );
    }
}
