using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>What the shift does to each entry of a board, and what is usual on it. Pure functions.</summary>
internal static class ShiftCosts
{
    /// <summary>Differences of decimal percentages carry rounding errors; the 12th decimal is none of the data.</summary>
    private const int Decimals = 12;

    /// <summary>The usual accuracy under shift, over all entries that have both accuracies.</summary>
    /// <param name="board">The board.</param>
    /// <param name="benchmark">Its benchmark.</param>
    /// <param name="split">The shifted split; null for the mean over the ranking splits.</param>
    public static RobustnessLine? Line(IEnumerable<RankedEntry> board, Benchmark benchmark, string? split = null) =>
        RobustnessLine.Fit([.. board.Select(r => Accuracies(r, benchmark, split)).OfType<(double Reference, double Shifted)>()]);

    /// <summary>Balanced accuracies of an entry on the reference and under shift; null where one is missing.</summary>
    public static (double Reference, double Shifted)? Accuracies(RankedEntry row, Benchmark benchmark, string? split = null)
    {
        var error =
            split is null ? row.Score
            : row.Entry.Splits.TryGetValue(split, out var score) ? score.BalancedError
            : null;
        return error is { } shifted && ReferenceOf(row, benchmark) is { } reference ? (1 - reference.BalancedError, 1 - shifted) : null;
    }

    /// <summary>What the shift does to an entry.</summary>
    public static EntryShift Of(RankedEntry row, Benchmark benchmark, RobustnessLine? line)
    {
        var gaps = new Dictionary<string, ShiftGap>();
        if (ReferenceOf(row, benchmark) is { } reference)
        {
            foreach (var split in benchmark.TestSplits.Where(s => s.Name != benchmark.Reference && row.Entry.Splits.ContainsKey(s.Name)))
            {
                gaps[split.Name] = Gap(row.Entry.Splits[split.Name], reference);
            }
        }

        string[] scored = [.. benchmark.TestSplits.Select(s => s.Name).Where(row.Entry.Splits.ContainsKey)];
        return new EntryShift(
            gaps,
            scored.Length < 2 ? null : scored.MaxBy(s => row.Entry.Splits[s].BalancedError),
            line is not null && Accuracies(row, benchmark) is { } both ? line.EffectiveRobustness(both.Reference, both.Shifted) : null
        );
    }

    /// <summary>The interval of the mean over the ranking splits; null where one of them has none.</summary>
    public static Interval? ScoreInterval(RankedEntry row, Benchmark benchmark)
    {
        var parts = new List<(double Error, Interval Interval)>();
        foreach (var split in benchmark.Ranking.Splits)
        {
            if (!row.Entry.Splits.TryGetValue(split, out var score) || score.Interval is not { } interval)
            {
                return null;
            }

            parts.Add((score.BalancedError, interval));
        }

        return Generalisation.MeanInterval(parts);
    }

    /// <summary>The interval of the score minus the reference split's error; null where one of the two has none.</summary>
    public static Interval? ScoreGapInterval(RankedEntry row, Benchmark benchmark) =>
        row.Score is { } mean
        && row.Gap is not null
        && ScoreInterval(row, benchmark) is { } own
        && ReferenceOf(row, benchmark) is { Interval: { } others } reference
            ? Generalisation.GapInterval(mean, own, reference.BalancedError, others)
            : null;

    private static ShiftGap Gap(EntryScore score, EntryScore reference) =>
        new(
            Math.Round(score.BalancedError - reference.BalancedError, Decimals),
            score.Interval is { } own && reference.Interval is { } others
                ? Generalisation.GapInterval(score.BalancedError, own, reference.BalancedError, others)
                : null
        );

    private static EntryScore? ReferenceOf(RankedEntry row, Benchmark benchmark) =>
        benchmark.Reference is { } name && row.Entry.Splits.TryGetValue(name, out var score) ? score : null;
}
