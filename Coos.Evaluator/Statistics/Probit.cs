namespace Coos.Evaluator.Statistics;

/// <summary>The quantile of the standard normal distribution, on whose scale accuracies of many classifiers lie on lines.</summary>
public static class Probit
{
    private static readonly double[] CentralTop =
    [
        3.3871328727963666080,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3,
    ];

    private static readonly double[] CentralBottom =
    [
        1,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3,
    ];

    private static readonly double[] MiddleTop =
    [
        1.42343711074968357734,
        4.63033784615654529590,
        5.76949722146069140550,
        3.64784832476320460504,
        1.27045825245236838258,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ];

    private static readonly double[] MiddleBottom =
    [
        1,
        2.05319162663775882187,
        1.67638483018380384940,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ];

    private static readonly double[] TailTop =
    [
        6.65790464350110377720,
        5.46378491116411436990,
        1.78482653991729133580,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ];

    private static readonly double[] TailBottom =
    [
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ];

    /// <summary>Computes the z with P(Z at most z) = p (Wichura, "Algorithm AS 241", Applied Statistics 37, 1988).</summary>
    /// <param name="p">A probability between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not between 0 and 1.</exception>
    public static double Compute(double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            return q * Divide(CentralTop, CentralBottom, 0.180625 - (q * q));
        }

        var r = Math.Sqrt(-Math.Log(Math.Min(p, 1 - p)));
        return Math.Sign(q) * (r <= 5 ? Divide(MiddleTop, MiddleBottom, r - 1.6) : Divide(TailTop, TailBottom, r - 5));
    }

    /// <summary>Computes P(Z at most z).</summary>
    public static double Invert(double z) => z < 0 ? Normal.TwoSided(z) / 2 : 1 - (Normal.TwoSided(z) / 2);

    private static double Divide(double[] top, double[] bottom, double x)
    {
        var (above, below) = (0.0, 0.0);
        for (var i = top.Length - 1; i >= 0; i--)
        {
            above = (above * x) + top[i];
            below = (below * x) + bottom[i];
        }

        return above / below;
    }
}
