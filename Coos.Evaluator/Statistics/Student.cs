namespace Coos.Evaluator.Statistics;

/// <summary>Student's t distribution ("The probable error of a mean", Biometrika 6, 1908), for any degrees of freedom.</summary>
public static class Student
{
    private const double NormalFrom = 1e6;
    private const double Outside95 = 0.05;

    /// <summary>Computes the 97.5% quantile, for two-sided 95%.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1; fractions count.</param>
    public static double Quantile975(double degrees) => degrees >= NormalFrom ? Wilson.Normal975 : ComputeQuantile(degrees, Outside95);

    /// <summary>Computes the value that T exceeds with a probability.</summary>
    /// <param name="tail">The probability, above 0 and at most 1/2.</param>
    /// <param name="degrees">Degrees of freedom, at least 1; fractions count; infinity for the normal distribution.</param>
    public static double ComputeUpper(double tail, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tail);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tail, 0.5);
        return tail == 0.5 ? 0
            : degrees >= NormalFrom ? -Probit.Compute(tail)
            : ComputeQuantile(degrees, 2 * tail);
    }

    /// <summary>Computes the t with P(|T| at least t) = <paramref name="outside"/>.</summary>
    /// <remarks>From the beta distribution: ν / (ν + T²) has the parameters ν/2 and 1/2 (Abramowitz and Stegun, 26.5.27).</remarks>
    /// <param name="degrees">Degrees of freedom, at least 1; fractions count.</param>
    /// <param name="outside">Above 0 and below 1: 0.05 for a two-sided interval of 95%.</param>
    private static double ComputeQuantile(double degrees, double outside)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var x = IncompleteBeta.Quantile(outside, degrees / 2, 0.5);
        return Math.Sqrt(degrees * (1 - x) / x);
    }

    /// <summary>Computes P(|T| at least |t|).</summary>
    /// <param name="t">The value, of either sign.</param>
    /// <param name="degrees">Degrees of freedom, at least 1; fractions count; infinity for the normal distribution.</param>
    public static double TwoSided(double t, double degrees) => 2 * UpperTail(Math.Abs(t), degrees);

    /// <summary>Computes P(T at least t).</summary>
    /// <param name="t">The value, of either sign.</param>
    /// <param name="degrees">Degrees of freedom, at least 1; fractions count.</param>
    public static double UpperTail(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var outside = degrees >= NormalFrom ? Normal.TwoSided(t) : IncompleteBeta.Compute(degrees / (degrees + (t * t)), degrees / 2, 0.5);
        return t > 0 ? outside / 2 : 1 - (outside / 2);
    }
}
