using Coos.Shared.Benchmarks;

namespace Coos.Server.Benchmarks;

/// <summary>The number that ranks an entry.</summary>
internal static class RankingScore
{
    /// <summary>
    /// Scores that differ in the 12th decimal are equal: means of decimal percentages carry rounding errors, while
    /// different counts of images differ by far more.
    /// </summary>
    public const int Decimals = 12;

    /// <summary>The mean balanced error over the ranking splits, 0..1; null unless every one of them is scored.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="errorOf">Gives the balanced error of a split, 0..1; null where it is not scored.</param>
    public static double? Compute(Benchmark benchmark, Func<string, double?> errorOf)
    {
        var sum = 0.0;
        foreach (var split in benchmark.Ranking.Splits)
        {
            if (errorOf(split) is not { } error)
            {
                return null;
            }

            sum += error;
        }

        return Math.Round(sum / benchmark.Ranking.Splits.Count, Decimals);
    }
}
