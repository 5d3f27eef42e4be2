using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards;

/// <summary>The optional columns of a leaderboard table.</summary>
/// <param name="Training">The training splits; empty if no row has an error on one.</param>
/// <param name="Shifted">The splits whose gaps have a column; empty if only the default columns are shown.</param>
/// <param name="IsAll">Whether all columns are shown.</param>
/// <param name="HasDates">Whether any row has a date; without one, the date column is left out.</param>
public sealed record BoardColumns(IReadOnlyList<Split> Training, IReadOnlyList<Split> Shifted, bool IsAll, bool HasDates)
{
    /// <summary>Selects the columns for some rows.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="rows">The rows of the page.</param>
    /// <param name="all">Whether all columns are requested.</param>
    public static BoardColumns Of(Benchmark benchmark, IReadOnlyList<RankedEntry> rows, bool all) =>
        new(
            [.. benchmark.Splits.Where(s => s.Role == SplitRole.Training && rows.Any(r => r.Entry.Splits.ContainsKey(s.Name)))],
            all && benchmark.Reference is { } reference ? [.. benchmark.TestSplits.Where(s => s.Name != reference)] : [],
            all,
            rows.Any(r => r.Entry.CreatedAt is not null)
        );
}
