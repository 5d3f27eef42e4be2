namespace Coos.Evaluator.Statistics;

/// <summary>Binomial probabilities, and McNemar's tests.</summary>
public static class Binomial
{
    /// <summary>Computes P(X = k) for all k = 0..n, X the number of heads of n fair coins.</summary>
    public static double[] Fair(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var logs = new double[n + 1];
        for (var k = 1; k <= n; k++)
        {
            logs[k] = logs[k - 1] + Math.Log((double)(n - k + 1) / k);
        }

        return [.. logs.Select(l => Math.Exp(l - (n * Math.Log(2))))];
    }

    /// <summary>Computes P(X = k), X the number of successes of n independent trials.</summary>
    /// <param name="k">The number of successes, 0..n.</param>
    /// <param name="n">The number of trials, at least 0.</param>
    /// <param name="share">The probability of a success, above 0 and below 1.</param>
    public static double Probability(int k, int n, double share) =>
        Math.Exp(
            LogGamma.Compute(n + 1)
                - LogGamma.Compute(k + 1)
                - LogGamma.Compute(n - k + 1)
                + (k * Math.Log(share))
                + ((n - k) * Math.Log(1 - share))
        );

    /// <summary>
    /// Computes the two-sided p of McNemar's exact test ("Note on the sampling error of the difference between correlated
    /// proportions or percentages", Psychometrika 12, 1947): min(1, 2 P(X at most min(b, c))) for b + c fair coins.
    /// </summary>
    /// <param name="b">The number of images that only the first predicts correctly, at least 0.</param>
    /// <param name="c">The number of images that only the second predicts correctly, at least 0.</param>
    public static double McNemar(int b, int c)
    {
        var (below, at) = LowerTail(b, c);
        return b == c ? 1 : Math.Min(1, 2 * (below + at));
    }

    /// <summary>
    /// Computes the mid-p of McNemar's test: 2 P(X below min(b, c)) + P(X = min(b, c)); 1 if b = c. Its rate of false positives
    /// is nearer to the level than that of the exact test, and rarely above it (Fagerland, Lydersen and Laake, "The McNemar
    /// test for binary matched-pairs data: mid-p and asymptotic are better than exact conditional", BMC Medical Research
    /// Methodology 13, 2013).
    /// </summary>
    /// <param name="b">The number of images that only the first predicts correctly, at least 0.</param>
    /// <param name="c">The number of images that only the second predicts correctly, at least 0.</param>
    public static double McNemarMidP(int b, int c)
    {
        var (below, at) = LowerTail(b, c);
        return b == c ? 1 : Math.Min(1, (2 * below) + at);
    }

    /// <summary>P(X below few) and P(X = few) for b + c fair coins, with few = min(b, c).</summary>
    private static (double Below, double At) LowerTail(int b, int c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        var (n, few) = (b + c, Math.Min(b, c));
        var below = 0.0;
        var log = -n * Math.Log(2);
        for (var k = 0; k < few; k++)
        {
            below += Math.Exp(log);
            log += Math.Log((double)(n - k) / (k + 1));
        }

        return (below, Math.Exp(log));
    }
}
