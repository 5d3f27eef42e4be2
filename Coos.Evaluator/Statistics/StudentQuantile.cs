namespace Coos.Evaluator.Statistics;

/// <summary>Student's t distribution for any quantile and any degrees of freedom, also fractions and infinity.</summary>
public static class StudentQuantile
{
    /// <summary>From so many degrees of freedom the distribution is computed as the normal one.</summary>
    private const double NormalFrom = 1e7;

    private const double Tiny = 1e-300;

    /// <summary>Computes P(T at least t).</summary>
    /// <remarks>
    /// Half of the regularised incomplete beta function at v/(v + t²) with the parameters v/2 and 1/2 (Abramowitz and Stegun,
    /// 26.7.1).
    /// </remarks>
    /// <param name="t">The value, of either sign.</param>
    /// <param name="degrees">Degrees of freedom, above 0; infinity for the normal distribution.</param>
    public static double ComputeUpperTail(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        var outside =
            degrees >= NormalFrom
                ? Normal.TwoSided(t)
                : ComputeBeta(degrees / 2, 0.5, degrees / (degrees + (t * t)), t * t / (degrees + (t * t)));
        return t > 0 ? outside / 2 : 1 - (outside / 2);
    }

    /// <summary>Computes the value that T exceeds with a probability, by bisection of <see cref="ComputeUpperTail"/>.</summary>
    /// <param name="tail">The probability, above 0 and at most 1/2.</param>
    /// <param name="degrees">Degrees of freedom, above 0; infinity for the normal distribution.</param>
    public static double ComputeUpper(double tail, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tail);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tail, 0.5);
        var (low, high) = (0.0, 1.0);
        while (ComputeUpperTail(high, degrees) > tail)
        {
            (low, high) = (high, 2 * high);
        }

        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return high;
            }

            (low, high) = ComputeUpperTail(middle, degrees) > tail ? (middle, high) : (low, middle);
        }
    }

    /// <summary>
    /// Computes the regularised incomplete beta function I_x(a, b), with y = 1 - x given for accuracy, by Lentz's continued
    /// fraction (Abramowitz and Stegun, 26.5.8).
    /// </summary>
    private static double ComputeBeta(double a, double b, double x, double y)
    {
        if (x <= 0 || y <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        var front = Math.Exp(LogGamma.Compute(a + b) - LogGamma.Compute(a) - LogGamma.Compute(b) + (a * Math.Log(x)) + (b * Math.Log(y)));
        return x < (a + 1) / (a + b + 2) ? front * ComputeFraction(a, b, x) / a : 1 - (front * ComputeFraction(b, a, y) / b);
    }

    private static double ComputeFraction(double a, double b, double x)
    {
        var (c, d) = (1.0, 1 / AvoidZero(1 - ((a + b) * x / (a + 1))));
        var product = d;
        for (var m = 1; m < 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / AvoidZero(1 + (even * d));
            c = AvoidZero(1 + (even / c));
            product *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / AvoidZero(1 + (odd * d));
            c = AvoidZero(1 + (odd / c));
            product *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return product;
    }

    private static double AvoidZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
