using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>Computes the effect of the shift on each entry of a board, and the usual effect on that board. Pure functions.</summary>
internal static class ShiftCosts
{
    /// <summary>Rounds away floating-point errors in differences; the data do not have 12 decimals.</summary>
    private const int Decimals = 12;

    /// <summary>Fits the usual accuracy under shift over all entries that have both accuracies.</summary>
    /// <param name="board">The board.</param>
    /// <param name="benchmark">Its benchmark.</param>
    /// <param name="split">The shifted split; null for the mean over the ranking splits.</param>
    public static RobustnessLine? FitLine(IEnumerable<RankedEntry> board, Benchmark benchmark, string? split = null) =>
        RobustnessLine.Fit([.. board.Select(r => FindAccuracies(r, benchmark, split)).OfType<(double Reference, double Shifted)>()]);

    /// <summary>Resamples the line over the same entries by family; null if it is not reliable or has too few families.</summary>
    public static RobustnessBootstrap? Resample(IEnumerable<RankedEntry> board, Benchmark benchmark) =>
        RobustnessBootstrap.Create([
            .. from row in board
            let both = FindAccuracies(row, benchmark)
            where both is not null
            select (row.Entry.Family, both.Value.Reference, both.Value.Shifted),
        ]);

    /// <summary>Finds the balanced accuracies of an entry on the reference and under shift; null if one is missing.</summary>
    public static (double Reference, double Shifted)? FindAccuracies(RankedEntry row, Benchmark benchmark, string? split = null)
    {
        var error =
            split is null ? row.Score
            : row.Entry.Splits.TryGetValue(split, out var score) ? score.Loss
            : null;
        return error is { } shifted && FindReference(row, benchmark) is { } reference ? (1 - reference.Loss, 1 - shifted) : null;
    }

    /// <summary>Computes the effect of the shift on an entry.</summary>
    public static EntryShift ComputeShift(RankedEntry row, Benchmark benchmark, RobustnessLine? line)
    {
        var gaps = new Dictionary<string, ShiftGap>();
        if (FindReference(row, benchmark) is { } reference)
        {
            foreach (var split in benchmark.TestSplits.Where(s => s.Name != benchmark.Reference && row.Entry.Splits.ContainsKey(s.Name)))
            {
                gaps[split.Name] = ComputeGap(row.Entry.Splits[split.Name], reference);
            }
        }

        string[] scored = [.. benchmark.TestSplits.Select(s => s.Name).Where(row.Entry.Splits.ContainsKey)];
        return new EntryShift(
            gaps,
            scored.Length < 2 ? null : scored.MaxBy(s => row.Entry.Splits[s].Loss),
            line is { IsReliable: true } && FindAccuracies(row, benchmark) is { } both
                ? line.EffectiveRobustness(both.Reference, both.Shifted)
                : null
        );
    }

    /// <summary>Computes the interval of the mean over the ranking splits; null if one of them has none.</summary>
    public static Interval? ComputeScoreInterval(RankedEntry row, Benchmark benchmark) =>
        row.Entry.Mean is { } mean ? mean.Interval
        : RankingScore.Estimate(benchmark, s => row.Entry.Splits.GetValueOrDefault(s)?.ToEstimate())
            is { Lower: { } lower, Upper: { } upper }
            ? new Interval(lower, upper)
        : null;

    /// <summary>Computes the interval of the score minus the reference split's error; null if either has none.</summary>
    public static Interval? ComputeGapInterval(RankedEntry row, Benchmark benchmark) =>
        row.Score is { } mean
        && row.Gap is not null
        && ComputeScoreInterval(row, benchmark) is { } own
        && FindReference(row, benchmark) is { Interval: { } others } reference
            ? Generalisation.ComputeGapInterval(mean, own, reference.Loss, others)
            : null;

    private static ShiftGap ComputeGap(EntryScore score, EntryScore reference) =>
        new(
            Math.Round(score.Loss - reference.Loss, Decimals),
            score.Interval is { } own && reference.Interval is { } others
                ? Generalisation.ComputeGapInterval(score.Loss, own, reference.Loss, others)
                : null
        );

    private static EntryScore? FindReference(RankedEntry row, Benchmark benchmark) =>
        benchmark.Reference is { } name && row.Entry.Splits.TryGetValue(name, out var score) ? score : null;
}
