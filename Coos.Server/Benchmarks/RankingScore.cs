using Coos.Shared.Benchmarks;

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
}
