using System.Globalization;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Leaderboards;

/// <summary>Describes in words what a leaderboard shows. The page and the API use the same sentences.</summary>
internal static class BoardSummary
{
    private const int MaximumRuns = 8;

    /// <summary>The sentences of a board; empty if it has no entries.</summary>
    public static string Describe(Board board)
    {
        string[] sentences = [Verdict(board), .. Limits(board)];
        return string.Join(' ', sentences.Where(s => s.Length > 0));
    }

    /// <summary>
    /// The titles of the splits that rank, in a row: Test3 and Test4. More than three neighbours are a range: Test2 to Test12.
    /// </summary>
    public static string Titles(Benchmark benchmark)
    {
        (int Place, Split Split)[] ranking = [.. benchmark.TestSplits.Index().Where(s => benchmark.Ranking.Splits.Contains(s.Item.Name))];
        return ranking.Length > 3 && ranking[^1].Place - ranking[0].Place == ranking.Length - 1
            ? $"{ranking[0].Split.Title} to {ranking[^1].Split.Title}"
            : Titles(benchmark.Ranking.Splits.Select(s => benchmark.FindSplit(s)!));
    }

    /// <summary>"Ranked by mean class-balanced error on Test3 and Test4; lower is better."</summary>
    public static string DescribeRanking(Benchmark benchmark)
    {
        var (ranking, metric) = (benchmark.Ranking, benchmark.Ranking.Info);
        if (ranking.Mixture is { } mixture)
        {
            return $"Ranked by a composite score: {DescribeMixture(benchmark, mixture)}; {metric.Direction}.";
        }

        var detail = metric switch
        {
            { NeedsGroup: true } => $" by {ranking.Group}",
            { Id: MetricId.TopKAccuracy } => $" with k = {ranking.K}",
            _ => "",
        };
        var weights = ranking.Weights is { } own
            ? $", weighted {string.Join(" : ", own.Select(w => w.ToString("0.###", CultureInfo.InvariantCulture)))}"
            : "";
        return $"Ranked by mean {metric.LongTitle}{detail} on {Titles(benchmark)}{weights}; {metric.Direction}.";
    }

    /// <summary>"25% macro F1 and 25% accuracy on Test1, 50% accuracy on Test2": the shares of all ranking splits sum to 100%.</summary>
    private static string DescribeMixture(Benchmark benchmark, IReadOnlyDictionary<string, IReadOnlyList<MetricShare>> mixture) =>
        string.Join(
            ", ",
            benchmark.Ranking.Splits.Select(
                (split, i) =>
                {
                    var parts = mixture[split].Select(p => DescribePart(benchmark.Ranking.Share(i) * p.Share, MetricInfo.Get(p.Metric)));
                    return $"{InARow([.. parts])} on {benchmark.TitleOf(split)}";
                }
            )
        );

    private static string DescribePart(double share, MetricInfo metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}% {(metric.IsHigherBetter ? "" : "1 minus ")}{metric.Title}");

    private static string InARow(string[] texts) =>
        texts.Length < 2 ? string.Concat(texts) : $"{string.Join(", ", texts[..^1])} and {texts[^1]}";

    /// <summary>Titles in a row: Test1, Test2 and Test3.</summary>
    public static string Titles(IEnumerable<Split> splits) => InARow([.. splits.Select(s => s.Title)]);

    private static string Verdict(Board board) =>
        board.Tests switch
        {
            { State: BoardTestState.Computing, Entries: var n } => $"Rank intervals of {Count(n)} entries are being computed.",
            { State: BoardTestState.Failed } =>
                "Rank intervals could not be computed. The cause is in the server's log; the server will try again.",
            { State: BoardTestState.None } when board.Rows.Any(r => r.Rank is not null) =>
                "Ranks follow the scores alone. Differences can be tested only between entries whose predictions are available.",
            { State: BoardTestState.Ready } tests => DescribeLead(board) + Verdict(tests, board) + $" on {Titles(board.Benchmark)}.",
            _ => "",
        };

    /// <summary>Whether a row that cannot be tested ranks above the best tested entry.</summary>
    public static bool HasUntestedLead(Board board) => ListUntestedLead(board).Any();

    private static IEnumerable<RankedEntry> ListUntestedLead(Board board)
    {
        var best = FindBestTested(board)?.Rank;
        return best is null ? [] : board.Rows.TakeWhile(r => r.Rank < best).Where(r => r.Interval is null);
    }

    private static RankedEntry? FindBestTested(Board board) => board.Rows.FirstOrDefault(r => r.Interval is not null);

    /// <summary>Describes the rows above the best tested entry, about which nothing can be said.</summary>
    private static string DescribeLead(Board board)
    {
        RankedEntry[] lead = [.. ListUntestedLead(board).Take(2)];
        return lead.Length switch
        {
            0 => "",
            1 => $"{lead[0].Entry.Method} has the {BestOf(board)}, but it cannot be tested. ",
            _ => $"{Count(ListUntestedLead(board).Count())} entries with {BetterOf(board)} than the best tested one cannot be tested. ",
        };
    }

    private static string BetterOf(Board board) => board.Benchmark.Ranking.IsByBalancedError ? "lower errors" : "better scores";

    private static string BestOf(Board board) =>
        board.Benchmark.Ranking switch
        {
            { IsByBalancedError: true } => "lowest error",
            { Info: { IsHigherBetter: true } metric } => $"highest {metric.Title}",
            { Info: var metric } => $"lowest {metric.Title}",
        };

    private static string Verdict(BoardTests tests, Board board)
    {
        // "All others" would be wrong on a board that also shows untested rows.
        var tested = tests.Untested > 0 || board.HasReported ? "tested " : "";
        var best = FindBestTested(board)!.Entry.Method;
        return (Tied: tests.TiedRanks.Count, tests.Entries) switch
        {
            (0, 2) => $"{best} is significantly better than the other {tested}entry",
            (0, 3) => $"{best} is significantly better than both other {tested}entries",
            (0, var all) => $"{best} is significantly better than all {Count(all - 1)} other {tested}entries",
            (2, 2) => $"No difference is shown between the two {tested}entries",
            var (tied, all) when tied == all => $"No difference is shown between the best and the other {Count(all - 1)} {tested}entries",
            (2, _) => $"No difference is shown between the best {tested}entry and one other{Ranks(tests.TiedRanks)}",
            var (tied, all) =>
                $"No difference is shown between the best and {Count(tied - 1)} of the other {Count(all - 1)} {tested}entries"
                    + Ranks(tests.TiedRanks),
        };
    }

    /// <summary>The ranks of the entries without a shown difference, unless they are simply the first ones.</summary>
    private static string Ranks(IReadOnlyList<int> ranks)
    {
        if (IsFirst(ranks))
        {
            return "";
        }

        string[] runs = [.. ListRuns(ranks)];
        return $" (ranks {string.Join(", ", runs.Take(MaximumRuns))}{(runs.Length > MaximumRuns ? ", ..." : "")})";
    }

    /// <summary>Ranks in order as runs: 1 to 3, 5.</summary>
    private static IEnumerable<string> ListRuns(IReadOnlyList<int> ranks)
    {
        var (first, last) = (ranks[0], ranks[0]);
        foreach (var rank in ranks.Skip(1))
        {
            if (rank > last + 1)
            {
                yield return Format(first, last);
                first = rank;
            }

            last = rank;
        }

        yield return Format(first, last);

        static string Format(int first, int last) => first == last ? Count(first) : $"{Count(first)} to {Count(last)}";
    }

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
