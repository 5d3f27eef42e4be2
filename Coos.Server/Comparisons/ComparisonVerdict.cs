using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>Says what the tests of a comparison mean, in one verdict for all its splits.</summary>
internal static class ComparisonVerdict
{
    /// <summary>The probability that at least one split is called different although it is not.</summary>
    public const double Level = 0.05;

    /// <summary>Adjusts the p values of the test splits for their number and decides which entry is better on which split.</summary>
    public static IReadOnlyList<SplitComparison> Judge(IReadOnlyList<SplitComparison> splits, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired is not null && IsTest(s, benchmark))];
        var adjusted = RankIntervals.Holm([.. tested.Select(s => s.Paired!.P)]);
        var byName = tested.Zip(adjusted).ToDictionary(pair => pair.First.Split, pair => Judge(pair.First, pair.Second));
        return [.. splits.Select(s => byName.GetValueOrDefault(s.Split, s))];
    }

    /// <summary>Which entry, A or B, is better by the mean that determines the rank, and on which test sets.</summary>
    public static string Sentence(IReadOnlyList<SplitComparison> splits, RankingComparison? ranking, Benchmark benchmark) =>
        ranking is null || ranking.Splits.Count < 2
            ? Sentence(splits, benchmark)
            : $"{Sentence(ranking, benchmark)} {Sentence(splits, benchmark)}";

    private static string Sentence(RankingComparison ranking, Benchmark benchmark)
    {
        var mean = $"the mean of {Titles(ranking.Splits, benchmark)}, which determines the rank.";
        return ranking.Better switch
        {
            Side.A => $"A is significantly better than B by {mean}",
            Side.B => $"B is significantly better than A by {mean}",
            _ => $"A and B are statistically tied by {mean}",
        };
    }

    private static string Sentence(IReadOnlyList<SplitComparison> splits, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired?.AdjustedP is not null)];
        if (tested.Length == 0)
        {
            return splits.Any(s => s.Difference is not null)
                ? "Only the errors can be compared. Testing the difference needs the predictions of both entries."
                : "A and B have no test set in common, so they cannot be compared.";
        }

        string[] parts = [.. Parts(tested, benchmark)];
        return string.Join("; ", parts) + ".";
    }

    private static IEnumerable<string> Parts(SplitComparison[] tested, Benchmark benchmark)
    {
        foreach (var (side, name, other) in new[] { (Side.A, "A", "B"), (Side.B, "B", "A") })
        {
            if (Titles(tested.Where(s => s.Paired!.Better == side), benchmark) is { } where)
            {
                yield return $"{name} is significantly better than {other} on {where}";
            }
        }

        if (Titles(tested.Where(s => s.Paired!.Better is null), benchmark) is { } open)
        {
            yield return $"A and B are statistically tied on {open}";
        }
    }

    private static string? Titles(IEnumerable<SplitComparison> splits, Benchmark benchmark) =>
        Titles(splits.Select(s => s.Split), benchmark);

    private static string? Titles(IEnumerable<string> splits, Benchmark benchmark)
    {
        string[] titles = [.. splits.Select(s => benchmark.FindSplit(s)!.Title)];
        return titles.Length switch
        {
            0 => null,
            1 => titles[0],
            _ => $"{string.Join(", ", titles[..^1])} and {titles[^1]}",
        };
    }

    private static SplitComparison Judge(SplitComparison split, double adjusted) =>
        split with
        {
            Paired = split.Paired! with
            {
                AdjustedP = adjusted,
                Better =
                    adjusted > Level
                        ? null
                        : split.Difference switch
                        {
                            < 0 => Side.A,
                            > 0 => Side.B,
                            _ => null,
                        },
            },
        };

    private static bool IsTest(SplitComparison split, Benchmark benchmark) => benchmark.FindSplit(split.Split)?.Role != SplitRole.Training;
}
