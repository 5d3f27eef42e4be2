namespace Coos.Evaluator.Statistics;

/// <summary>A variance estimated from clusters, with its degrees of freedom.</summary>
/// <param name="Variance">The variance.</param>
/// <param name="Degrees">The degrees of freedom, at least 1.</param>
public readonly record struct ClusterVariance(double Variance, double Degrees)
{
    /// <summary>With fewer effective clusters, intervals missed the truth too often in the simulations of docs/metrics.md.</summary>
    public const double MinEffectiveClusters = 4;

    /// <summary>The share of the variance that comes from one cluster, 0..1; 0 if not known.</summary>
    public double LargestShare { get; init; }

    /// <summary>
    /// The number of equally varying clusters with the same uncertainty of the variance, (sum v)² / sum v² with v the contribution of
    /// a cluster; 0 if not known.
    /// </summary>
    public double EffectiveClusters { get; init; }

    /// <summary>
    /// Half the width of a 95% interval. It uses Student's t because the variance is itself an estimate: with 1.96 of the
    /// normal distribution, the interval would cover the truth in only 91% of cases for eight clusters, and in 81% for
    /// three.
    /// </summary>
    public double HalfWidth => Variance == 0 ? 0 : Student.Quantile975(Degrees) * Math.Sqrt(Variance);

    /// <summary>Computes the two-sided p of a value whose expected value is 0; 1 if the value is 0.</summary>
    public double ComputeP(double value) =>
        value == 0 ? 1
        : Variance == 0 ? 0
        : Student.TwoSided(value / Math.Sqrt(Variance), Degrees);

    /// <summary>The variance of the value times a factor.</summary>
    internal ClusterVariance Scale(double factor) => this with { Variance = Variance * factor * factor };

    /// <summary>
    /// Adds the variances of independent terms and divides by the square of a number, with the degrees of freedom by Satterthwaite
    /// ("An approximate distribution of estimates of variance components", Biometrics Bulletin 2, 1946).
    /// </summary>
    /// <param name="terms">The variances.</param>
    /// <param name="divisor">The number that the sum of the terms is divided by.</param>
    public static ClusterVariance Sum(IReadOnlyCollection<ClusterVariance> terms, double divisor = 1)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var (sum, squares, largest) = (0.0, 0.0, 0.0);
        foreach (var term in terms)
        {
            sum += term.Variance;
            squares += term.Variance * term.Variance / term.Degrees;
            largest = Math.Max(largest, term.Variance * term.LargestShare);
        }

        return new ClusterVariance(sum / divisor / divisor, squares > 0 ? Math.Max(1, sum * sum / squares) : 1)
        {
            LargestShare = sum > 0 ? largest / sum : 0,
        };
    }
}
