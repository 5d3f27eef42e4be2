using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards;

/// <summary>Which columns a leaderboard's table has besides those that it always has.</summary>
/// <param name="Training">The training splits; empty where no row has an error on one.</param>
/// <param name="Shifted">The splits whose gaps have a column; empty where only the usual columns are shown.</param>
/// <param name="IsAll">Whether every column is shown.</param>
/// <param name="HasDates">Whether a row has a date; a column of dashes says nothing.</param>
public sealed record BoardColumns(IReadOnlyList<Split> Training, IReadOnlyList<Split> Shifted, bool IsAll, bool HasDates)
{
    /// <summary>The columns for some rows.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="rows">The rows of the page.</param>
    /// <param name="all">Whether every column is asked for.</param>
    public static BoardColumns Of(Benchmark benchmark, IReadOnlyList<RankedEntry> rows, bool all) =>
        new(
            [.. benchmark.Splits.Where(s => s.Role == SplitRole.Training && rows.Any(r => r.Entry.Splits.ContainsKey(s.Name)))],
            all && benchmark.Reference is { } reference ? [.. benchmark.TestSplits.Where(s => s.Name != reference)] : [],
            all,
            rows.Any(r => r.Entry.CreatedAt is not null)
        );
}
