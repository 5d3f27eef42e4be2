using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Server.Comparisons;

/// <summary>Compares two entries by the number that ranks, with the test of the leaderboard.</summary>
internal static class RankingComparer
{
    /// <summary>Compares; null unless both predict every ranking split.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="predictions">What both predict of a split; null where one does not.</param>
    public static RankingComparison? Compare(Benchmark benchmark, Func<string, PairOfPredictions?> predictions)
    {
        PairOfPredictions[] pairs = [.. benchmark.Ranking.Splits.Select(predictions).OfType<PairOfPredictions>()];
        return pairs.Length < benchmark.Ranking.Splits.Count ? null : Compare(benchmark, pairs);
    }

    private static RankingComparison Compare(Benchmark benchmark, PairOfPredictions[] pairs)
    {
        var count = benchmark.Classes.Count;
        var layout = new RankingLayout([.. pairs.Select(p => p.Labels)], count, benchmark.Cluster);
        var p = layout.P(layout.Encode([.. pairs.Select(p => p.A)]), layout.Encode([.. pairs.Select(p => p.B)]));
        var (errorA, errorB) = (pairs.Average(p => ErrorOf(p.Labels, p.A, count)), pairs.Average(p => ErrorOf(p.Labels, p.B, count)));

        // The paired statistic is by how much A is better; the answer is A minus B.
        var interval = Generalisation.MeanInterval([
            .. pairs
                .Select(p => PairedComparison.Compute(p.Labels.Classes, p.A, p.B, count, Clusters.From(p.Labels, benchmark.Cluster)))
                .Select(c => (c.Difference, c.Interval)),
        ]);
        return new RankingComparison
        {
            Splits = benchmark.Ranking.Splits,
            ErrorA = errorA,
            ErrorB = errorB,
            Difference = errorA - errorB,
            DifferenceInterval = [0 - interval.Upper, 0 - interval.Lower],
            P = p,
            Better =
                p > ComparisonVerdict.Level || errorA == errorB ? null
                : errorA < errorB ? Side.A
                : Side.B,
            Method = $"by {layout.Unit} (sign flips of all ranking splits at once); interval from those of the splits (MOVER)",
        };
    }

    private static double ErrorOf(SplitLabels labels, byte[] predicted, int count) =>
        ConfusionMatrix.Count(labels.Classes, predicted, count).BalancedError;
}

/// <summary>What two entries predict of the same images.</summary>
/// <param name="Labels">The truth.</param>
/// <param name="A">A's predictions.</param>
/// <param name="B">B's.</param>
internal sealed record PairOfPredictions(SplitLabels Labels, byte[] A, byte[] B);
