using Coos.Evaluator.Statistics;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Benchmarks;

/// <summary>Computes the score by which entries are ranked.</summary>
internal static class RankingScore
{
    /// <summary>
    /// Scores are rounded to 12 decimals, so that rounding errors of means of decimal percentages do not break ties. Scores of
    /// different numbers of correct images differ by far more.
    /// </summary>
    public const int Decimals = 12;

    /// <summary>Computes the mean loss over the ranking splits; null unless all of them are scored.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="getLoss">Returns the loss of a split; null if the split is not scored.</param>
    public static double? Compute(Benchmark benchmark, Func<string, double?> getLoss)
    {
        var (sum, ranking) = (0.0, benchmark.Ranking);
        for (var i = 0; i < ranking.Splits.Count; i++)
        {
            if (getLoss(ranking.Splits[i]) is not { } loss)
            {
                return null;
            }

            sum += loss * ranking.Share(i);
        }

        return Math.Round(sum, Decimals);
    }

    /// <summary>Computes the mean over the ranking splits with its interval; null unless all of them are scored.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="find">Returns the score of a split; null if the split is not scored.</param>
    /// <returns>The mean; without an interval if a split has none.</returns>
    public static ErrorEstimate? Estimate(Benchmark benchmark, Func<string, ErrorEstimate?> find)
    {
        if (Compute(benchmark, split => find(split)?.Error) is not { } mean)
        {
            return null;
        }

        var parts = new List<(double Share, double Error, Interval Interval)>();
        foreach (var (place, split) in benchmark.Ranking.Splits.Index())
        {
            if (find(split) is not { Lower: { } lower, Upper: { } upper } part)
            {
                return new ErrorEstimate(mean, null, null);
            }

            parts.Add((benchmark.Ranking.Share(place), part.Error, new Interval(lower, upper)));
        }

        var interval = Generalisation.ComputeMeanInterval(parts);
        return new ErrorEstimate(mean, interval.Lower, interval.Upper);
    }
}
