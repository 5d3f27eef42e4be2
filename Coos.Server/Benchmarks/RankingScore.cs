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

    /// <summary>Computes the mean balanced error over the ranking splits, 0..1; null unless all of them are scored.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="getError">Returns the balanced error of a split, 0..1; null if the split is not scored.</param>
    public static double? Compute(Benchmark benchmark, Func<string, double?> getError)
    {
        var sum = 0.0;
        foreach (var split in benchmark.Ranking.Splits)
        {
            if (getError(split) is not { } error)
            {
                return null;
            }

            sum += error;
        }

        return Math.Round(sum / benchmark.Ranking.Splits.Count, Decimals);
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

        var parts = new List<(double Error, Interval Interval)>();
        foreach (var split in benchmark.Ranking.Splits)
        {
            if (find(split) is not { Lower: { } lower, Upper: { } upper } part)
            {
                return new ErrorEstimate(mean, null, null);
            }

            parts.Add((part.Error, new Interval(lower, upper)));
        }

        var interval = Generalisation.ComputeMeanInterval(parts);
        return new ErrorEstimate(mean, interval.Lower, interval.Upper);
    }
}
