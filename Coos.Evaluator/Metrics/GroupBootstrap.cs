using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Metrics;

/// <summary>
/// Resamples groups with replacement (Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979). The draws
/// depend on the number of groups alone, so that two entries can be compared resample by resample.
/// </summary>
/// <param name="groups">The number of groups, at least 1.</param>
internal sealed class GroupBootstrap(int groups)
{
    /// <summary>The number of resamples.</summary>
    public const int Resamples = 1000;

    private const ulong Seed = 0xC005;

    /// <summary>Computes the deviation of each resample; their squares sum to the variance of the statistic.</summary>
    /// <param name="statistic">The statistic.</param>
    /// <param name="values">The value of each group.</param>
    public double[] Deviate(Func<double[], double> statistic, double[] values)
    {
        var (drawn, results) = (new double[groups], new double[Resamples]);
        var random = new SplitMix(Seed);
        for (var r = 0; r < Resamples; r++)
        {
            for (var g = 0; g < groups; g++)
            {
                drawn[g] = values[random.Below(groups)];
            }

            results[r] = statistic(drawn);
        }

        var mean = results.Average();
        return [.. results.Select(result => (result - mean) / Math.Sqrt(Resamples - 1))];
    }
}
