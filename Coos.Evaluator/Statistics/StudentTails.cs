namespace Coos.Evaluator.Statistics;

/// <summary>
/// Student's t distribution with degrees of freedom that need not be whole, as Satterthwaite's are ("The probable error of a
/// mean", Biometrika 6, 1908).
/// </summary>
public static class StudentTails
{
    /// <summary>From here on the expansion of the beta function below has an error under 1e-13.</summary>
    private const double ExpandFrom = 200;

    private const double HalfLogPi = 0.57236494292470009;
    private const int MaximumTerms = 100_000;

    /// <summary>Computes P(|T| at least |t|).</summary>
    /// <remarks>
    /// It is the incomplete beta function I_x(v/2, 1/2) at x = v / (v + t²) (Abramowitz and Stegun, "Handbook of Mathematical
    /// Functions", 26.7.1), by its continued fraction (26.5.8).
    /// </remarks>
    /// <param name="t">The value, of either sign.</param>
    /// <param name="degrees">Degrees of freedom, above 0; infinity for the normal distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees are not above 0.</exception>
    public static double TwoSided(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        if (double.IsPositiveInfinity(degrees))
        {
            return Normal.TwoSided(t);
        }

        var square = t * t;
        if (square == 0)
        {
            return 1;
        }

        var (a, b) = (degrees / 2, 0.5);
        var (x, rest) = (degrees / (degrees + square), square / (degrees + square));

        // x^a (1 - x)^b / B(a, b), with ln x as -ln(1 + t²/v) because x is close to 1 for many degrees.
        var front = Math.Exp((-a * double.LogP1(square / degrees)) + (b * Math.Log(rest)) - LogBetaHalf(a));
        return Math.Clamp(x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - (front * Fraction(rest, b, a) / b), 0, 1);
    }

    /// <summary>Computes the 97.5% quantile, for two-sided 95%.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1; infinity for the normal distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">The degrees are below 1.</exception>
    public static double Quantile975(double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var (low, high) = (1.9, 13.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = TwoSided(middle, degrees) > 0.05 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>ln B(a, 1/2) = ln Γ(a) + ln Γ(1/2) - ln Γ(a + 1/2).</summary>
    private static double LogBetaHalf(double a) =>
        a < ExpandFrom
            ? LogGamma.Compute(a) + HalfLogPi - LogGamma.Compute(a + 0.5)
            : HalfLogPi - ((Math.Log(a) / 2) - (1 / (8 * a)) + (1 / (192 * a * a * a)));

    /// <summary>Lentz's evaluation of the continued fraction of the incomplete beta function, for x below (a + 1)/(a + b + 2).</summary>
    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var (c, d) = (1.0, 1 / NotZero(1 - ((a + b) * x / (a + 1))));
        var value = d;
        for (var m = 1; m < MaximumTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return value;

        static double NotZero(double number) => Math.Abs(number) < Tiny ? Tiny : number;
    }
}
