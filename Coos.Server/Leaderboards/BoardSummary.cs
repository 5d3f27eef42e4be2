using System.Globalization;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Describes in words what a leaderboard shows. The page and the API use the same sentences.</summary>
internal static class BoardSummary
{
    /// <summary>The sentences of a board; empty if it has no entries.</summary>
    public static string Describe(Board board)
    {
        string[] sentences = [Verdict(board), .. Limits(board)];
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    /// <summary>The titles of the splits that rank, in a row: Test3 and Test4.</summary>
    public static string Titles(Benchmark benchmark) => Titles(benchmark.Ranking.Splits.Select(s => benchmark.FindSplit(s)!));

    /// <summary>Titles in a row: Test1, Test2 and Test3.</summary>
    public static string Titles(IEnumerable<Split> splits)
    {
        string[] titles = [.. splits.Select(s => s.Title)];
        return titles.Length < 2 ? string.Concat(titles) : $"{string.Join(", ", titles[..^1])} and {titles[^1]}";
    }

    private static string Verdict(Board board) =>
        board.Tests switch
        {
            { State: BoardTestState.Computing, Entries: var n } => $"Rank intervals of {Count(n)} entries are being computed.",
            { State: BoardTestState.Failed } =>
                "Rank intervals could not be computed. The cause is in the server's log; the server will try again.",
            { State: BoardTestState.None } when board.Rows.Any(r => r.Rank is not null) =>
                "Ranks follow the scores alone. Whether entries are tied can be tested only if their predictions are available.",
            { State: BoardTestState.Ready } tests => Verdict(tests, board) + $" on {Titles(board.Benchmark)}.",
            _ => "",
        };

    private static string Verdict(BoardTests tests, Board board)
    {
        // "All others" would be wrong on a board that also shows untested rows.
        var tested = tests.Untested > 0 || board.HasReported ? "tested " : "";
        return (Tied: tests.TiedRanks.Count, tests.Entries) switch
        {
            (0, 2) => $"{Best(board)} is significantly better than the other {tested}entry",
            (0, 3) => $"{Best(board)} is significantly better than both other {tested}entries",
            (0, var all) => $"{Best(board)} is significantly better than all {Count(all - 1)} other {tested}entries",
            (2, 2) => $"The two {tested}entries are statistically tied",
            var (tied, all) when tied == all => $"All {Count(all)} {tested}entries are statistically tied with the best",
            var (tied, all) =>
                $"{Count(tied)} of {Count(all)} {tested}entries are statistically tied with the best{Ranks(tests.TiedRanks)}",
        };
    }

    private static string Best(Board board) => board.Rows.First(r => r.Interval is not null).Entry.Method;

    /// <summary>The ranks of the tied entries, unless they are simply the first ones.</summary>
    private static string Ranks(IReadOnlyList<int> ranks) =>
        IsFirst(ranks) ? "" : $" (ranks {string.Join(", ", ranks.Take(20))}{(ranks.Count > 20 ? ", ..." : "")})";

    private static IEnumerable<string> Limits(Board board)
    {
        if (board.Tests is { HasTooFewUnits: true, Units: var units, Unit: var unit })
        {
            yield return $"No difference could be significant with only {Count(units)} {unit}{(units == 1 ? "" : "s")}.";
        }

        if (board.Tests is { State: BoardTestState.Ready, Unit: null })
        {
            yield return "Rank intervals compare the rounded intervals of the scores: tests of the predictions would reveal the labels.";
        }

        if (board.Tests.State != BoardTestState.None && board.HasReported)
        {
            yield return "Reported rows have no predictions, so they are not tested and have no rank interval; "
                + "the intervals of other entries take their scores as exact.";
        }

        if (board.Tests is { State: not BoardTestState.None, Untested: > 0 and var untested, Entries: var tested })
        {
            yield return tested == RankTestInput.MaximumEntries
                ? $"Rank intervals cover the best {Count(tested)} of {Count(tested + untested)} entries."
            : untested == 1 ? "1 entry was not tested, because it was scored with other labels."
            : $"{Count(untested)} entries were not tested, because they were scored with other labels.";
        }
    }

    /// <summary>Whether the ranks are those of the first rows without a gap: 1, 2, 2, ...</summary>
    private static bool IsFirst(IReadOnlyList<int> ranks) =>
        ranks.Count > 0 && ranks[0] == 1 && ranks.Select((rank, i) => rank <= i + 1).All(yes => yes);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
