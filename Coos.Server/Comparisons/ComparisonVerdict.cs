using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>Says of test results what they mean, once for all splits of a comparison.</summary>
internal static class ComparisonVerdict
{
    /// <summary>The chance that any split is called different though it is not.</summary>
    public const double Level = 0.05;

    /// <summary>Adjusts the p values of the test splits for their number, and says which entry is better where.</summary>
    public static IReadOnlyList<SplitComparison> Judge(IReadOnlyList<SplitComparison> splits, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired is not null && IsTest(s, benchmark))];
        var adjusted = RankIntervals.Holm([.. tested.Select(s => s.Paired!.P)]);
        var byName = tested.Zip(adjusted).ToDictionary(pair => pair.First.Split, pair => Judge(pair.First, pair.Second));
        return [.. splits.Select(s => byName.GetValueOrDefault(s.Split, s))];
    }

    /// <summary>Which is better by what ranks, and on which test set; A and B are the entries.</summary>
    public static string Sentence(IReadOnlyList<SplitComparison> splits, RankingComparison? ranking, Benchmark benchmark) =>
        ranking is null || ranking.Splits.Count < 2 ? Sentence(splits, benchmark) : $"{Sentence(ranking, benchmark)} {Sentence(splits, benchmark)}";

    private static string Sentence(RankingComparison ranking, Benchmark benchmark)
    {
        var mean = $"By the mean of {Titles(ranking.Splits, benchmark)}, which ranks,";
        return ranking.Better switch
        {
            Side.A => $"{mean} A is better than B.",
            Side.B => $"{mean} B is better than A.",
            _ => $"{mean} A and B cannot be told apart.",
        };
    }

    private static string Sentence(IReadOnlyList<SplitComparison> splits, Benchmark benchmark)
    {
        SplitComparison[] tested = [.. splits.Where(s => s.Paired?.AdjustedP is not null)];
        if (tested.Length == 0)
        {
            return splits.Any(s => s.Difference is not null)
                ? "Only the errors can be set side by side: without the predictions of both there is no test of the difference."
                : "They share no split, so there is nothing to compare.";
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
                yield return $"{name} is better than {other} on {where}";
            }
        }

        if (Titles(tested.Where(s => s.Paired!.Better is null), benchmark) is { } open)
        {
            yield return $"A and B cannot be told apart on {open}";
        }
    }

    private static string? Titles(IEnumerable<SplitComparison> splits, Benchmark benchmark) => Titles(splits.Select(s => s.Split), benchmark);

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

    private static SplitComparison Judge(SplitComparison split, double adjusted) => split with
    {
        Paired = split.Paired! with
        {
            AdjustedP = adjusted,
            Better = adjusted > Level ? null : split.Difference switch { < 0 => Side.A, > 0 => Side.B, _ => null },
        },
    };

    private static bool IsTest(SplitComparison split, Benchmark benchmark) => benchmark.FindSplit(split.Split)?.Role != SplitRole.Training;
}
