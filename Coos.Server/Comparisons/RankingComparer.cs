using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>Compares two entries by the mean that determines the rank, with the leaderboard's test.</summary>
internal static class RankingComparer
{
    /// <summary>Compares two entries by the balanced error.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="pairs">Both entries' predictions for each ranking split.</param>
    public static RankingComparison Compare(Benchmark benchmark, PairOfPredictions[] pairs)
    {
        var (count, ranking) = (benchmark.Classes.Count, benchmark.Ranking);
        double[] shares = [.. pairs.Select((_, i) => ranking.Share(i))];
        var layout = new RankingLayout([.. pairs.Select(p => p.Labels)], count, benchmark.Cluster, shares);
        var (ofA, ofB) = (layout.Encode([.. pairs.Select(p => p.A)]), layout.Encode([.. pairs.Select(p => p.B)]));
        var difference = layout.Compare(ofA, ofB);
        var pair = new MetricPair(
            layout,
            pairs.Index().Sum(p => shares[p.Index] * ComputeError(p.Item.Labels, p.Item.A, count)),
            pairs.Index().Sum(p => shares[p.Index] * ComputeError(p.Item.Labels, p.Item.B, count)),
            difference,
            layout.ComputeP(ofA, ofB)
        );
        return Compare(benchmark, pair, DescribeMethod(layout, difference));
    }

    /// <summary>Compares two entries by the mean of the ranking metric.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="pair">The two entries on the ranking splits.</param>
    /// <param name="method">The method of the interval and p, in words.</param>
    public static RankingComparison Compare(Benchmark benchmark, MetricPair pair, string method)
    {
        Side? better =
            pair.P > ComparisonVerdict.Level || pair.LossA == pair.LossB ? null
            : pair.LossA < pair.LossB ? Side.A
            : Side.B;
        var interval = Negate(pair.Difference.ComputeInterval(pair.P));
        var equivalence = benchmark.Margin is { } limit ? Negate(MarginTest.ComputeInterval(pair.Difference, limit)) : null;
        var test = equivalence is null ? default(MarginTest?) : MarginTest.Compute(better, interval, equivalence, benchmark.Margin!.Value);
        return new RankingComparison
        {
            Splits = benchmark.Ranking.Splits,
            Metric = benchmark.Ranking.IsByBalancedError ? null : benchmark.Ranking.Metric,
            ErrorA = pair.LossA,
            ErrorB = pair.LossB,
            Difference = pair.LossA - pair.LossB,
            DifferenceInterval = interval,
            P = pair.P,
            Better = better,
            Verdict = test?.Verdict,
            WithinMargin = test?.IsWithinMargin,
            EquivalenceInterval = equivalence,
            Method = $"{method}, over all ranking splits together",
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

    private static double ComputeError(SplitLabels labels, ushort[] predicted, int count) =>
        ConfusionMatrix.Count(labels.Classes, predicted, count).BalancedError;
}

/// <summary>The predictions of two entries for the same images.</summary>
/// <param name="Labels">The labels of the images.</param>
/// <param name="A">A's predictions.</param>
/// <param name="B">B's predictions.</param>
internal sealed record PairOfPredictions(SplitLabels Labels, ushort[] A, ushort[] B)
{
    /// <summary>Selects the predictions for a part of a split.</summary>
    public static PairOfPredictions Select(SplitPart part, ushort[] a, ushort[] b) => new(part.Labels, part.Select(a), part.Select(b));
}
