using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Web.Leaderboards;

/// <summary>The optional columns of a leaderboard table.</summary>
/// <param name="Tests">The test splits; on a guarded benchmark only those with a score.</param>
/// <param name="Training">The training splits; empty if no row has an error on one.</param>
/// <param name="Shifted">The splits whose gaps have a column; empty if only the default columns are shown.</param>
/// <param name="HasGap">Whether the gap is shown: on a guarded benchmark only if a row has one.</param>
/// <param name="IsAll">Whether all columns are shown.</param>
/// <param name="HasDates">Whether any row has a date; without one, the date column is left out.</param>
public sealed record BoardColumns(
    IReadOnlyList<Split> Tests,
    IReadOnlyList<Split> Training,
    IReadOnlyList<Split> Shifted,
    bool HasGap,
    bool IsAll,
    bool HasDates
)
{
    /// <summary>The test splits that have a column of a group of images, with the numbers of its images; empty without a group.</summary>
    public IReadOnlyList<(Split Split, int Images)> Group { get; init; } = [];

    /// <summary>
    /// The number of score columns: mean, gap, splits and those of a group; with all columns also gaps, worst split and robustness.
    /// </summary>
    public int Scores => 1 + (HasGap ? 1 : 0) + Tests.Count + Group.Count + Training.Count + (IsAll ? Shifted.Count + 3 : 0);

    /// <summary>The number of columns: rank, method, scores, kind and date; with all columns six more.</summary>
    public int Count => 2 + Scores + 1 + (HasDates ? 1 : 0) + (IsAll ? 6 : 0);

    /// <summary>
    /// The cells of the test splits in their order. On a phone, the splits that rank come first: a split before one of them that does
    /// not rank has a cell for wide screens there, and one for phones after them.
    /// </summary>
    public IReadOnlyList<(Split Split, string Screen)> TestCells { get; private init; } = [];

    /// <summary>Selects the columns for some rows.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="rows">The rows of the page.</param>
    /// <param name="all">Whether all columns are requested.</param>
    public static BoardColumns Of(Benchmark benchmark, IReadOnlyList<RankedEntry> rows, bool all)
    {
        var isGuarded = benchmark.Disclosure.IsGuarded;
        Split[] tests = [.. benchmark.TestSplits.Where(s => !isGuarded || HasScore(s))];
        return new(
            tests,
            [.. benchmark.Splits.Where(s => s.Role == SplitRole.Training && HasScore(s))],
            all && benchmark.Reference is { } reference
                ? [.. benchmark.TestSplits.Where(s => s.Name != reference && (!isGuarded || HasScore(s)))]
                : [],
            !isGuarded || rows.Any(r => r.Gap is not null),
            all,
            rows.Any(r => r.Entry.CreatedAt is not null)
        )
        {
            TestCells = ArrangeCells(tests, benchmark),
        };

        bool HasScore(Split split) => rows.Any(r => r.Entry.Splits.ContainsKey(split.Name));
    }

    private static (Split Split, string Screen)[] ArrangeCells(Split[] tests, Benchmark benchmark)
    {
        var last = Array.FindLastIndex(tests, s => benchmark.Ranking.Splits.Contains(s.Name));
        Split[] earlier = [.. tests.Take(last + 1).Where(s => !benchmark.Ranking.Splits.Contains(s.Name))];
        return
        [
            .. tests.Take(last + 1).Select(s => (s, earlier.Contains(s) ? "wide-only" : "")),
            .. earlier.Select(s => (s, "phone-only")),
            .. tests.Skip(last + 1).Select(s => (s, "")),
        ];
    }
}
