namespace Coos.Evaluator.Statistics;

/// <summary>The beta distribution with real parameters.</summary>
public static class IncompleteBeta
{
    private const double Tiny = 1e-300;
    private const double Precision = 4e-16;
    private const int MaxTerms = 10_000;
    private const int MaxSteps = 200;

    /// <summary>Computes the quantile: the x with I_x(a, b) = probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Quantile(double probability, double a, double b)
    {
        // Newton's steps, kept within the bracket by bisection.
        var (low, high, x) = (0.0, 1.0, a / (a + b));
        var logBeta = LogGamma.Compute(a + b) - LogGamma.Compute(a) - LogGamma.Compute(b);
        for (var i = 0; i < MaxSteps && high - low > 1e-16; i++)
        {
            var excess = Compute(x, a, b) - probability;
            (low, high) = excess < 0 ? (x, high) : (low, x);
            var density = Math.Exp(logBeta + ((a - 1) * Math.Log(x)) + ((b - 1) * Math.Log(1 - x)));
            var step = excess / density;
            if (Math.Abs(step) <= Precision * x)
            {
                return x;
            }

            var next = density > 0 ? x - step : double.NaN;
            if (!(next > low && next < high))
            {
                next = (low + high) / 2;
            }

            x = next;
        }

        return x;
    }

    /// <summary>Computes the regularised incomplete beta function I_x(a, b).</summary>
    /// <remarks>
    /// Lentz's evaluation of the continued fraction 26.5.8 of Abramowitz and Stegun, which converges fast for x below
    /// (a + 1) / (a + b + 2); otherwise 1 - I_(1-x)(b, a).
    /// </remarks>
    /// <param name="x">0..1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Compute(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        return x < (a + 1) / (a + b + 2) ? Expand(x, a, b) : 1 - Expand(1 - x, b, a);
    }

    private static double Expand(double x, double a, double b)
    {
        var front = Math.Exp(
            LogGamma.Compute(a + b) - LogGamma.Compute(a) - LogGamma.Compute(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))
        );
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var (c, fraction) = (1.0, d);
        for (var m = 1; m < MaxTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            fraction *= d * c;
            if (Math.Abs((d * c) - 1) < Precision)
            {
                break;
            }
        }

        return front * fraction / a;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
