using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>Interprets the tests of a comparison in one verdict for all its splits.</summary>
internal static class ComparisonVerdict
{
    /// <summary>The significance level: the probability of at least one false positive among the splits.</summary>
    public const double Level = 0.05;

    /// <summary>Adjusts the p values of the test splits for their number and decides which entry is better on which split.</summary>
    public static IReadOnlyList<SplitComparison> Judge(IReadOnlyList<SplitComparison> splits, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired is not null && IsTest(s, benchmark))];
        var adjusted = RankIntervals.AdjustByHolm([.. tested.Select(s => s.Paired!.P)]);
        var byName = tested.Zip(adjusted).ToDictionary(pair => pair.First.Split, pair => Judge(pair.First, pair.Second, benchmark.Margin));
        return [.. splits.Select(s => byName.GetValueOrDefault(s.Split, s))];
    }

    /// <summary>Describes which entry, A or B, is better by the mean that determines the rank, and on which test sets.</summary>
    public static string Describe(IReadOnlyList<SplitComparison> splits, RankingComparison? ranking, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired?.AdjustedP is not null)];
        return ranking is null || ranking.Splits.Count < 2 || Array.TrueForAll(tested, s => s.Paired!.Identical == true)
            ? Describe(splits, tested, benchmark)
            : $"{Describe(ranking, benchmark)} {Describe(splits, tested, benchmark)}";
    }

    private static string Describe(RankingComparison ranking, Benchmark benchmark) =>
        $"{Capitalise(Describe(new Conclusion(ranking), benchmark))} by the mean of {JoinTitles(ranking.Splits, benchmark)}, "
        + "which determines the rank.";

    private static string Describe(IReadOnlyList<SplitComparison> splits, SplitComparison[] tested, Benchmark benchmark)
    {
        if (tested.Length == 0)
        {
            return splits.Any(s => s.Difference is not null)
                ? "Only the errors can be compared. Testing the difference needs the predictions of both entries."
                : "A and B have no test set in common, so they cannot be compared.";
        }

        var parts = tested
            .GroupBy(s => new Conclusion(s.Paired!))
            .OrderBy(g => g.Key.Order)
            .Select(g => $"{Describe(g.Key, benchmark)} on {JoinTitles(g, benchmark)}");
        return Capitalise(string.Join("; ", parts)) + ".";
    }

    private static string Describe(Conclusion conclusion, Benchmark benchmark)
    {
        var better = conclusion.Better == Side.B ? "B is significantly better than A" : "A is significantly better than B";
        return conclusion switch
        {
            { IsIdentical: true } => "A and B make the same predictions",
            { Verdict: MarginVerdict.BetterByMoreThanMargin } => $"{better}, by more than {Margin(benchmark)},",
            { Better: not null, IsWithinMargin: true } => $"{better}, but by less than {Margin(benchmark)},",
            { Better: not null } => better,
            { Verdict: MarginVerdict.Equivalent } => $"A and B are equivalent within {Margin(benchmark)}",
            _ => "no difference shown",
        };
    }

    private static string Margin(Benchmark benchmark) =>
        $"the margin of {(100 * benchmark.Margin!.Value).ToString("0.####", CultureInfo.InvariantCulture)} points";

    private static string Capitalise(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string? JoinTitles(IEnumerable<SplitComparison> splits, Benchmark benchmark) =>
        JoinTitles(splits.Select(s => s.Split), benchmark);

    private static string? JoinTitles(IEnumerable<string> splits, Benchmark benchmark)
    {
        string[] titles = [.. splits.Select(s => benchmark.TitleOf(s))];
        return titles.Length switch
        {
            0 => null,
            1 => titles[0],
            _ => $"{string.Join(", ", titles[..^1])} and {titles[^1]}",
        };
    }

    private static SplitComparison Judge(SplitComparison split, double adjusted, double? margin)
    {
        var paired = split.Paired!;
        Side? better =
            adjusted > Level ? null
            : split.Difference < 0 ? Side.A
            : split.Difference > 0 ? Side.B
            : null;
        var test =
            margin is { } limit && paired.EquivalenceInterval is { } interval
                ? MarginTest.Compute(better, paired.DifferenceInterval, interval, limit)
                : default(MarginTest?);
        return split with
        {
            Paired = paired with { AdjustedP = adjusted, Better = better, Verdict = test?.Verdict, WithinMargin = test?.IsWithinMargin },
        };
    }

    private static bool IsTest(SplitComparison split, Benchmark benchmark) => benchmark.FindSplit(split.Split)?.Role != SplitRole.Training;

    /// <summary>What a difference shows. Splits with the same conclusion are named together.</summary>
    private readonly record struct Conclusion(bool IsIdentical, Side? Better, MarginVerdict? Verdict, bool IsWithinMargin)
    {
        public Conclusion(PairedResult paired)
            : this(paired.Identical == true, paired.Better, paired.Verdict, paired.WithinMargin == true) { }

        public Conclusion(RankingComparison ranking)
            : this(false, ranking.Better, ranking.Verdict, ranking.WithinMargin == true) { }

        /// <summary>A before B, larger differences first, then equivalence, the same predictions, and no difference shown.</summary>
        public int Order =>
            this switch
            {
                { IsIdentical: true } => 7,
                { Better: { } side } => (side == Side.A ? 0 : 3)
                    + (
                        Verdict == MarginVerdict.BetterByMoreThanMargin ? 0
                        : IsWithinMargin ? 2
                        : 1
                    ),
                { Verdict: MarginVerdict.Equivalent } => 6,
                _ => 8,
            };
    }
}
