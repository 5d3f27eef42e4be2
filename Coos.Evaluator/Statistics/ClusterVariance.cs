namespace Coos.Evaluator.Statistics;

/// <summary>A variance estimated from clusters, with its degrees of freedom.</summary>
/// <param name="Variance">The variance.</param>
/// <param name="Degrees">The degrees of freedom: m - 1 for m clusters.</param>
public readonly record struct ClusterVariance(double Variance, double Degrees)
{
    /// <summary>
    /// Half the width of a 95% interval. It uses Student's t because the variance is itself an estimate: with 1.96 of the
    /// normal distribution, the interval would cover the truth in only 91% of cases for eight clusters, and in 81% for
    /// three.
    /// </summary>
    public double HalfWidth => Variance == 0 ? 0 : Student.Quantile975(Degrees) * Math.Sqrt(Variance);

    /// <summary>
    /// Computes the variance of the mean of the classes' differences, with the degrees of freedom by Satterthwaite ("An
    /// approximate distribution of estimates of variance components", Biometrics Bulletin 2, 1946).
    /// </summary>
    /// <param name="classes">The variance of each present class; null for a class with fewer than two clusters.</param>
    /// <returns>The variance; null if one of the classes has none.</returns>
    public static ClusterVariance? ComputeForMean(IReadOnlyList<ClusterVariance?> classes)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var known in classes)
        {
            if (known is not { } part)
            {
                return null;
            }

            sum += part.Variance;
            squares += part.Variance * part.Variance / part.Degrees;
        }

        return new ClusterVariance(sum / classes.Count / classes.Count, squares > 0 ? Math.Max(1, sum * sum / squares) : 1);
    }
}
