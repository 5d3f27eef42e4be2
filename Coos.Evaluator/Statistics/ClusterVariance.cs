namespace Coos.Evaluator.Statistics;

/// <summary>A variance that was estimated from a few clusters, and how well it is known.</summary>
/// <param name="Variance">The variance.</param>
/// <param name="Degrees">Degrees of freedom: of m clusters m - 1.</param>
internal readonly record struct ClusterVariance(double Variance, double Degrees)
{
    /// <summary>
    /// Half the width of a 95% interval: Student's t, not the normal, for the variance is an estimate of its own. With eight
    /// clusters 1.96 would hold the truth in 91% of cases, with three in 81%.
    /// </summary>
    public double HalfWidth => Variance == 0 ? 0 : Student.Quantile975(Degrees) * Math.Sqrt(Variance);

    /// <summary>
    /// The variance of the mean of the classes' differences, with the degrees of freedom that Satterthwaite ("An approximate
    /// distribution of estimates of variance components", Biometrics Bulletin 2, 1946) gives such a sum.
    /// </summary>
    /// <param name="classes">Of each present class; null where it has fewer than two clusters.</param>
    /// <returns>Null where one of the classes has none.</returns>
    public static ClusterVariance? OfMean(IReadOnlyList<ClusterVariance?> classes)
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
