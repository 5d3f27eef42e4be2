using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Comparisons;

/// <summary>Compares two entries by the mean that determines the rank, with the leaderboard's test.</summary>
internal static class RankingComparer
{
    /// <summary>Compares two entries; null unless both predict every ranking split.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="predictions">Returns both entries' predictions for a split; null if one has none.</param>
    public static RankingComparison? Compare(Benchmark benchmark, Func<string, PairOfPredictions?> predictions)
    {
        PairOfPredictions[] pairs = [.. benchmark.Ranking.Splits.Select(predictions).OfType<PairOfPredictions>()];
        return pairs.Length < benchmark.Ranking.Splits.Count ? null : Compare(benchmark, pairs);
    }

    private static RankingComparison Compare(Benchmark benchmark, PairOfPredictions[] pairs)
    {
        var count = benchmark.Classes.Count;
        var layout = new RankingLayout([.. pairs.Select(p => p.Labels)], count, benchmark.Cluster);
        var (ofA, ofB) = (layout.Encode([.. pairs.Select(p => p.A)]), layout.Encode([.. pairs.Select(p => p.B)]));
        var p = layout.ComputeP(ofA, ofB);
        var (errorA, errorB) = (
            pairs.Average(p => ComputeError(p.Labels, p.A, count)),
            pairs.Average(p => ComputeError(p.Labels, p.B, count))
        );

        Side? better =
            p > ComparisonVerdict.Level || errorA == errorB ? null
            : errorA < errorB ? Side.A
            : Side.B;
        var difference = layout.Compare(ofA, ofB);
        var interval = Negate(difference.ComputeInterval(p));
        var equivalence = benchmark.Margin is { } limit ? Negate(MarginTest.ComputeInterval(difference, limit)) : null;
        var test = equivalence is null ? default(MarginTest?) : MarginTest.Compute(better, interval, equivalence, benchmark.Margin!.Value);
        return new RankingComparison
        {
            Splits = benchmark.Ranking.Splits,
            ErrorA = errorA,
            ErrorB = errorB,
            Difference = errorA - errorB,
            DifferenceInterval = interval,
            P = p,
            Better = better,
            Verdict = test?.Verdict,
            WithinMargin = test?.IsWithinMargin,
            EquivalenceInterval = equivalence,
            Method = $"{DescribeMethod(layout, difference)}, over all ranking splits together",
        };
    }

    private static string DescribeMethod(RankingLayout layout, RankingDifference difference) =>
        layout.Unit == "image" ? "per image (normal distribution and sign flips)"
        : difference.ByCluster is { } variance
            ? SplitComparer.DescribeMethod(layout.Unit, layout.AreOfThesePlatesOnly, variance.LargestShare)
        : $"per image, too narrow, because a class has only one {layout.Unit}; p is the larger of the normal distribution's and of "
            + $"sign flips of whole {Clusters.Pluralize(layout.Unit)}";

    /// <summary>Returns the interval of A minus B. The paired statistic is positive if A is better, so it is negated.</summary>
    private static double[] Negate(Interval interval) => [0 - interval.Upper, 0 - interval.Lower];

    private static double ComputeError(SplitLabels labels, byte[] predicted, int count) =>
        ConfusionMatrix.Count(labels.Classes, predicted, count).BalancedError;
}

/// <summary>The predictions of two entries for the same images.</summary>
/// <param name="Labels">The labels of the images.</param>
/// <param name="A">A's predictions.</param>
/// <param name="B">B's predictions.</param>
internal sealed record PairOfPredictions(SplitLabels Labels, byte[] A, byte[] B)
{
    /// <summary>Selects the predictions for a part of a split.</summary>
    public static PairOfPredictions Select(SplitPart part, byte[] a, byte[] b) => new(part.Labels, part.Select(a), part.Select(b));
}
