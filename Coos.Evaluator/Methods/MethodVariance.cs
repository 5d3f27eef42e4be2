using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Methods;

/// <summary>
/// The variance of a mean over runs, or of a difference of two: what other test images, and what other runs, would change.
/// </summary>
/// <remarks>
/// V = V_w + the sum of s²/S over the methods, with Satterthwaite's degrees of freedom: V² / (V_w²/ν_w + sum (s²/S)²/(S - 1))
/// ("An approximate distribution of estimates of variance components", Biometrics Bulletin 2, 1946).
/// </remarks>
/// <param name="Images">V_w, the variance from the test images or clusters.</param>
/// <param name="Runs">The sum of s²/S, the variance from the runs.</param>
/// <param name="Degrees">The degrees of freedom of the sum, above 0; infinity for a variance that is known.</param>
public readonly record struct MethodVariance(double Images, double Runs, double Degrees)
{
    /// <summary>V, the total.</summary>
    public double Total => Images + Runs;

    /// <summary>The share of the total that comes from the runs, 0..1.</summary>
    public double RunShare => Total > 0 ? Runs / Total : 0;

    /// <summary>Half the width of the 95% interval.</summary>
    public double HalfWidth => Total > 0 ? Student.Quantile975(Math.Max(1, Degrees)) * Math.Sqrt(Total) : 0;

    /// <summary>Combines the parts.</summary>
    /// <param name="images">The variance from images or clusters, with its degrees of freedom.</param>
    /// <param name="runs">For each method the variance of its runs' errors, s², and their number S, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A method has fewer than two runs.</exception>
    public static MethodVariance Combine(ClusterVariance images, params ReadOnlySpan<(double Variance, int Runs)> runs)
    {
        var (sum, weighted) = (0.0, images.Variance * images.Variance / images.Degrees);
        foreach (var (variance, count) in runs)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 2, nameof(runs));
            var part = variance / count;
            sum += part;
            weighted += part * part / (count - 1);
        }

        var total = images.Variance + sum;
        return new MethodVariance(images.Variance, sum, weighted > 0 ? total * total / weighted : double.PositiveInfinity);
    }

    /// <summary>Computes the two-sided p of a difference: P(|T| at least |d| / sqrt V); 1 for no difference.</summary>
    /// <param name="difference">The difference d.</param>
    public double ComputeP(double difference) =>
        difference == 0 ? 1
        : Total > 0 ? Student.TwoSided(difference / Math.Sqrt(Total), Degrees)
        : 0;
}
