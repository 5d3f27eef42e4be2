using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Forecasts;

/// <summary>How far forecasts were from the measured accuracies.</summary>
/// <param name="Forecasts">The number of forecasts, over entries and splits.</param>
/// <param name="MeanAbsolute">The mean of |forecast - measured|, 0 or more.</param>
/// <param name="Mean">The mean of forecast - measured: above 0 if the forecasts were too optimistic.</param>
/// <param name="Groups">The number of groups of entries.</param>
/// <param name="Interval">The 95% interval of the mean absolute error; null with fewer than three groups.</param>
public sealed record ForecastError(int Forecasts, double MeanAbsolute, double Mean, int Groups, Interval? Interval)
{
    /// <summary>The minimum number of groups for an interval.</summary>
    public const int MinGroups = 3;

    /// <summary>Computes the errors of one kind of forecast; null without a forecast.</summary>
    /// <remarks>
    /// Entries of a group, such as the baselines of one family, err alike. The interval is mean ± t sqrt(V) with V = G/(G - 1)
    /// sum over G groups of (sum of (error - mean) / n)², and Student's t with G - 1 degrees of freedom. With few groups, a
    /// bootstrap that draws groups would give a shorter interval.
    /// </remarks>
    /// <param name="forecasts">The group of the entry, the forecast and the measured accuracy.</param>
    public static ForecastError? Compute(IReadOnlyCollection<(string Group, double Forecast, double Measured)> forecasts)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        if (forecasts.Count == 0)
        {
            return null;
        }

        var mean = forecasts.Average(f => Math.Abs(f.Forecast - f.Measured));
        double[] groups =
        [
            .. forecasts.GroupBy(f => f.Group).Select(g => g.Sum(f => Math.Abs(f.Forecast - f.Measured) - mean) / forecasts.Count),
        ];
        var variance = groups.Length < MinGroups ? 0 : groups.Sum(u => u * u) * groups.Length / (groups.Length - 1);
        var half = new ClusterVariance(variance, Math.Max(1, groups.Length - 1)).HalfWidth;
        return new ForecastError(
            forecasts.Count,
            mean,
            forecasts.Average(f => f.Forecast - f.Measured),
            groups.Length,
            groups.Length < MinGroups ? null : new Interval(Math.Max(0, mean - half), mean + half)
        );
    }
}
