using Coos.Evaluator.Mixes;
using Coos.Evaluator.Statistics;
using Coos.Server.Leaderboards;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Mixes;

/// <summary>Ranks scored entries and reported results under a mix.</summary>
internal static class MixRanking
{
    /// <summary>Creates the outcome of a mix.</summary>
    /// <param name="input">The splits and entries.</param>
    /// <param name="scored">The entries with predictions, scored.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static MixOutcome Create(MixInput input, IReadOnlyList<MixScoredEntry> scored, CancellationToken cancellation)
    {
        var known = scored.Select(e => e.Row.Entry.Id).ToHashSet();
        var lost = input
            .Scored.Where(r => !known.Contains(r.Entry.Id))
            .Select(r => new MixExclusion(r.Entry, "its predictions are of other images"));
        return new MixOutcome
        {
            Benchmark = input.Board.Benchmark,
            Query = input.Query,
            Splits = input.Splits,
            Unlabelled = input.Unlabelled,
            Rows = Rank(input, scored, cancellation),
            Excluded = [.. input.Excluded, .. lost],
            Absent = input.Layout is { } layout ? FindAbsent(input, layout) : [],
            ClassImages = input.Layout is null
                ? []
                : [.. input.Board.Benchmark.Classes.Select(c => input.Layout.Splits.Sum(s => s.ClassImages[c.Index]))],
            Shares = ComputeShares(input),
            Ranges = input.Layout is null ? [] : MixClassRanges.Find(input, input.Layout, scored),
            Unit = scored.Count == 0 ? null : input.Layout!.Unit,
            IntervalMethod = scored.Count == 0 ? "" : DescribeMethod(input, input.Layout!),
        };
    }

    private static List<MixRow> Rank(MixInput input, IReadOnlyList<MixScoredEntry> scored, CancellationToken cancellation)
    {
        IReadOnlyList<RankInterval> tests =
            scored.Count < 2 ? [] : MixRanks.Compute(input.Layout!, [.. scored.Select(e => e.Score)], cancellation);
        List<(RankedEntry Board, MixRow Row)> rows =
        [
            .. scored.Select(
                (e, i) =>
                    (
                        e.Row,
                        new MixRow(e.Row.Entry, 0, Round(e.Score.Error))
                        {
                            Interval = e.Interval,
                            RankRange = tests.Count == 0 ? null : (tests[i].Lowest, tests[i].Highest),
                            IsAmongBest = tests.Count == 0 ? null : tests[i].IsAmongBest,
                            Mistakes = e.Mistakes,
                        }
                    )
            ),
            .. input.Reported.Select(r => (r.Row, new MixRow(r.Row.Entry, 0, Round(r.Error)))),
        ];
        rows = [.. rows.OrderBy(r => r.Row.Error).ThenBy(r => r.Board.Entry.CreatedAt ?? DateTime.MinValue)];
        double?[] boardScores = [.. rows.Select(r => r.Board.Score).Order()];
        var ranked = new List<MixRow>(rows.Count);
        var (reportedBefore, group) = (0, (Error: double.NaN, Before: 0, Rank: 0));
        foreach (var (i, (board, row)) in rows.Index())
        {
            // Reported results cannot be tested: they shift the ranges of the rows behind them, but not of rows with the same error.
            group = row.Error == group.Error ? group : (row.Error, reportedBefore, i + 1);
            reportedBefore += row.Interval is null ? 1 : 0;
            ranked.Add(
                row with
                {
                    Rank = group.Rank,
                    RankRange = row.RankRange is { } range ? (range.Lowest + group.Before, range.Highest + group.Before) : null,
                    BoardRank = board.Score is { } score ? 1 + FindFirst(boardScores, score) - boardScores.Count(s => s is null) : null,
                }
            );
        }

        return ranked;
    }

    private static int FindFirst(double?[] sorted, double score)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] is not { } value || value < score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Round(double error) => Math.Round(error, MixRanks.Decimals);

    private static IReadOnlyList<(ClassLabel Class, IReadOnlyList<Split> Splits)> FindAbsent(MixInput input, MixLayout layout) =>
        [
            .. input
                .Board.Benchmark.Classes.Where(c => input.Query.WeightOf(c.Index) > 0)
                .Select(c =>
                    (Class: c, Splits: (IReadOnlyList<Split>)[.. input.Splits.Where((_, s) => layout.Splits[s].ClassImages[c.Index] == 0)])
                )
                .Where(a => a.Splits.Count > 0),
        ];

    /// <summary>The share of each class: its weight over the sum of those of classes with images on any of the splits.</summary>
    private static IReadOnlyList<double> ComputeShares(MixInput input)
    {
        double[] weights =
        [
            .. input.Board.Benchmark.Classes.Select(c =>
                input.Layout is { } layout && layout.Splits.All(s => s.ClassImages[c.Index] == 0) ? 0 : input.Query.WeightOf(c.Index)
            ),
        ];
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static string DescribeMethod(MixInput input, MixLayout layout)
    {
        var units = layout.Splits.Select(s => s.Unit).ToList();
        var where = layout.Splits.All(s => s.Unit == units[0])
            ? Describe(units[0])
            : string.Join(", ", input.Splits.Select((s, i) => $"{Describe(units[i])} on {s.Title}"));
        return units.Contains(MixSplit.Image) ? where + "; too narrow if images from the same plate are correlated" : where;
    }

    private static string Describe(string unit) => unit == MixSplit.Image ? "per image" : $"by {unit}";
}
