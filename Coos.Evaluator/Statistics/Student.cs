namespace Coos.Evaluator.Statistics;

/// <summary>Student's t distribution ("The probable error of a mean", Biometrika 6, 1908).</summary>
internal static class Student
{
    /// <summary>The minimum degrees of freedom for which the next term of the expansion is below a millionth.</summary>
    private const double ExpandFrom = 30;

    private const double NormalFrom = 1000;

    // Computed degrees may be 6.999999999999999 instead of 7.
    private const double Rounding = 1e-9;

    /// <summary>Computes the 97.5% quantile, for two-sided 95%.</summary>
    /// <remarks>
    /// Uses the Cornish-Fisher expansion (Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.5) for at least
    /// 30 degrees, and bisection of the exact distribution (26.7.3, 26.7.4) for fewer. Fractions are rounded down to whole
    /// degrees, which makes the interval slightly wider.
    /// </remarks>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile975(double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        return degrees >= ExpandFrom ? Expand(degrees) : Bisect((int)(degrees + Rounding));
    }

    /// <summary>Computes P(T at least t).</summary>
    /// <remarks>Fractions are rounded down to whole degrees. From 1,000 degrees the distribution counts as normal.</remarks>
    /// <param name="t">The value, of either sign.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double UpperTail(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var outside =
            degrees >= NormalFrom ? Normal.TwoSided(t) : Math.Max(0, 1 - ProbabilityWithin(Math.Abs(t), (int)(degrees + Rounding)));
        return t > 0 ? outside / 2 : 1 - (outside / 2);
    }

    private static double Expand(double v)
    {
        const double X = Wilson.Normal975;
        const double X3 = X * X * X;
        const double X5 = X3 * X * X;
        const double X7 = X5 * X * X;
        const double X9 = X7 * X * X;
        return X
            + ((X3 + X) / (4 * v))
            + (((5 * X5) + (16 * X3) + (3 * X)) / (96 * v * v))
            + (((3 * X7) + (19 * X5) + (17 * X3) - (15 * X)) / (384 * v * v * v))
            + (((79 * X9) + (776 * X7) + (1482 * X5) - (1920 * X3) - (945 * X)) / (92160 * v * v * v * v));
    }

    private static double Bisect(int degrees)
    {
        var (low, high) = (Wilson.Normal975, 13.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = ProbabilityWithin(middle, degrees) < 0.95 ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>P(|T| at most t).</summary>
    private static double ProbabilityWithin(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = degrees % 2 == 1;
        var (term, sum) = (isOdd ? cosine : 1.0, 0.0);
        for (var n = isOdd ? 3 : 2; n <= degrees; n += 2)
        {
            sum += term;
            term *= cosine * cosine * (n - 1) / n;
        }

        return isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
    }
}
