namespace Coos.Evaluator.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    private const double HalfRoot = 0.70710678118654752;

    /// <summary>Computes P(|Z| at least |z|).</summary>
    /// <remarks>
    /// erfc(|z|/sqrt 2): its Taylor series below 2.5, Lentz's continued fraction above (Abramowitz and Stegun, 7.1.6 and
    /// 7.1.14), both accurate to the last digits.
    /// </remarks>
    public static double TwoSided(double z)
    {
        var x = Math.Abs(z) * HalfRoot;
        return x < 2.5 ? 1 - Series(x) : Fraction(x);
    }

    private static double Series(double x)
    {
        double term = x,
            sum = x;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return Math.Min(1, 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
    }

    private static double Fraction(double x)
    {
        var tail = x;
        for (var n = 60; n > 0; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
