using System.Globalization;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>What can be concluded from a leaderboard, in plain words; the page and the API say the same.</summary>
internal static class BoardSummary
{
    private static readonly string[] Words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>The sentences of a board; empty where it has no entry.</summary>
    public static string Of(Board board)
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

    private static string Verdict(Board board) => board.Tests switch
    {
        { State: BoardTestState.Computing, Entries: var n } => $"Rank intervals of {Count(n)} entries are being computed.",
        { State: BoardTestState.Failed } => "Rank intervals could not be computed; the server's log says why, and they are tried again.",
        { State: BoardTestState.None } when board.Rows.Any(r => r.Rank is not null) => "Ranks follow the numbers as they stand: whether two entries are tied is tested where the predictions of both are known.",
        { State: BoardTestState.Ready } tests => Verdict(tests) + $" on {Titles(board.Benchmark)} (paired test, by {tests.Unit}, Holm 5%).",
        _ => "",
    };

    private static string Verdict(BoardTests tests)
    {
        var among = $"{Count(tests.Entries)} {(tests.Untested > 0 ? "tested " : "")}entries";
        return (Tied: tests.TiedRanks.Count, tests.Entries) switch
        {
            (0, 2) => "The first of two entries is better than the other",
            (0, _) => $"The first of {among} is better than every other",
            var (tied, all) when tied == all => all == 2 ? "The two entries cannot be told apart" : $"None of {among} can be told from the best",
            var (tied, _) when IsFirst(tests.TiedRanks) => $"The first {Word(tied)} of {among} cannot be told apart",
            var (tied, _) => $"{Capital(Word(tied))} of {among} cannot be told from the best (ranks {string.Join(", ", tests.TiedRanks.Take(20))}{(tied > 20 ? ", ..." : "")})",
        };
    }

    private static IEnumerable<string> Limits(Board board)
    {
        if (board.Tests is { IsBlind: true, Units: var units, Unit: var unit })
        {
            yield return $"{Capital(Word(units))} {unit}{(units == 1 ? " is" : "s are")} too few to show a difference, however large.";
        }

        if (board.Tests.State != BoardTestState.None && board.HasReported)
        {
            yield return "Reported rows have no predictions and are not tested: they have no interval, and count as they stand in those of others.";
        }

        if (board.Tests is { State: not BoardTestState.None, Untested: > 0 and var untested, Entries: var tested })
        {
            yield return tested == RankTestInput.MaximumEntries
                ? $"Intervals are of ranks among the best {Count(tested)} of {Count(tested + untested)} entries."
                : $"{Count(untested)} {(untested == 1 ? "entry was" : "entries were")} scored with other labels and not tested.";
        }
    }

    /// <summary>Whether ranks are those of the first rows: 1, 2, 2, ... without another between.</summary>
    private static bool IsFirst(IReadOnlyList<int> ranks) => ranks.Count > 0 && ranks[0] == 1 && ranks.Select((rank, i) => rank <= i + 1).All(yes => yes);

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(int number) => number < Words.Length ? Words[number] : Count(number);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
