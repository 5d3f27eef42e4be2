using Coos.Server.Leaderboards.Groups;

namespace Coos.Server.Leaderboards;

/// <summary>One page of a leaderboard.</summary>
/// <param name="Rows">The entries of the page.</param>
/// <param name="Total">The number of entries that match the filter.</param>
/// <param name="Page">The page number, from 1.</param>
/// <param name="PageSize">The maximum number of entries per page.</param>
public sealed record LeaderboardPage(IReadOnlyList<RankedEntry> Rows, int Total, int Page, int PageSize)
{
    /// <summary>The number of pages, at least 1.</summary>
    public int PageCount => Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>Filters, sorts and pages a ranked leaderboard. The ranks remain those of the whole board.</summary>
    /// <param name="board">The ranked entries.</param>
    /// <param name="query">The filter, order and page.</param>
    /// <param name="group">The scores within the group of the query; null for none.</param>
    public static LeaderboardPage Create(IReadOnlyList<RankedEntry> board, LeaderboardQuery query, BoardGroup? group = null)
    {
        // A board is already ordered by rank, so the most frequent request needs no sorting.
        var isWhole = query is { Sort: "rank", Descending: false, IsUnfiltered: true };
        IReadOnlyList<RankedEntry> rows = isWhole ? board : [.. Sort(board.Where(r => Matches(r, query)), query, group)];
        var start = (int)Math.Min((long)(query.Page - 1) * query.PageSize, rows.Count);
        var end = Math.Min(start + query.PageSize, rows.Count);
        return new LeaderboardPage([.. rows.Skip(start).Take(end - start)], rows.Count, query.Page, query.PageSize);
    }

    private static bool Matches(RankedEntry row, LeaderboardQuery query) =>
        (query.Kind is null || row.Entry.Kind == query.Kind)
        && (query.Family is null || string.Equals(row.Entry.Family, query.Family, StringComparison.OrdinalIgnoreCase))
        && (query.ExternalData is null || row.Entry.ExternalData == query.ExternalData)
        && query.Protocol.Matches(row.Entry.Protocol)
        && (query.Verification is null || row.Entry.Verification == query.Verification)
        && (
            row.Entry.Method.Contains(query.Filter, StringComparison.OrdinalIgnoreCase)
            || row.Entry.Submitter.Contains(query.Filter, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Sorts stably, so that ties stay in rank order. Missing values come last in both directions.</summary>
    private static IEnumerable<RankedEntry> Sort(IEnumerable<RankedEntry> rows, LeaderboardQuery query, BoardGroup? group) =>
        query.Sort switch
        {
            "method" => ByText(rows, r => r.Entry.Method, query.Descending),
            "submitter" => ByText(rows, r => r.Entry.Submitter, query.Descending),
            "kind" => ByNumber(rows, r => (double)r.Entry.Kind, query.Descending),
            "createdAt" => ByNumber(rows, r => r.Entry.CreatedAt?.Ticks, query.Descending),
            "gap" => ByNumber(rows, r => r.Gap, query.Descending),
            "robustness" => ByNumber(rows, r => r.Shift.EffectiveRobustness, query.Descending),
            "rank" => ByNumber(rows, r => r.Rank, query.Descending),
            var column when column.StartsWith(GroupKey.SortPrefix, StringComparison.Ordinal) => ByNumber(
                rows,
                r => group?.Find(r.Entry, column[GroupKey.SortPrefix.Length..])?.Loss,
                query.Descending
            ),
            var split => ByNumber(rows, r => r.Entry.Splits.TryGetValue(split, out var score) ? score.Loss : null, query.Descending),
        };

    private static IEnumerable<RankedEntry> ByText(IEnumerable<RankedEntry> rows, Func<RankedEntry, string> key, bool descending) =>
        descending ? rows.OrderByDescending(key, StringComparer.OrdinalIgnoreCase) : rows.OrderBy(key, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<RankedEntry> ByNumber(IEnumerable<RankedEntry> rows, Func<RankedEntry, double?> key, bool descending)
    {
        var presentFirst = rows.OrderBy(r => key(r) is null);
        return descending ? presentFirst.ThenByDescending(key) : presentFirst.ThenBy(key);
    }
}
