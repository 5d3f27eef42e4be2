namespace Coos.Evaluator.Metrics;

/// <summary>
/// How much each unit and each cluster of a split moves a loss. The sum of squares of a vector estimates the variance of the loss; that
/// of the difference of two entries' vectors estimates the variance of their difference.
/// </summary>
/// <param name="Units">The deviation of each image of the split, for independent images; or that of each resample of groups.</param>
/// <param name="Clusters">The deviation of each cluster; null without clusters.</param>
public sealed record UnitDeviations(double[] Units, double[]? Clusters)
{
    /// <summary>The variance for independent images.</summary>
    public double PerImage => Units.Sum(d => d * d);

    /// <summary>Adds vectors times factors.</summary>
    public static UnitDeviations Combine(IReadOnlyList<(double Factor, UnitDeviations Deviations)> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new UnitDeviations(
            Sum([.. terms.Select(t => (t.Factor, t.Deviations.Units))]),
            terms.All(t => t.Deviations.Clusters is not null) ? Sum([.. terms.Select(t => (t.Factor, t.Deviations.Clusters!))]) : null
        );
    }

    private static double[] Sum((double Factor, double[] Values)[] terms)
    {
        var sum = new double[terms[0].Values.Length];
        foreach (var (factor, values) in terms)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += factor * values[i];
            }
        }

        return sum;
    }
}
