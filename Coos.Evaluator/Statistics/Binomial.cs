namespace Coos.Evaluator.Statistics;

/// <summary>Probabilities of fair coins.</summary>
public static class Binomial
{
    /// <summary>P(X = k) of n fair coins, for all k.</summary>
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

    /// <summary>
    /// The exact test of McNemar ("Note on the sampling error of the difference between correlated proportions or
    /// percentages", Psychometrika 12, 1947): two-sided, min(1, 2 P(X at most min(b, c))) for b + c fair coins.
    /// </summary>
    /// <param name="b">Images that only one is right about.</param>
    /// <param name="c">Images that only the other is right about.</param>
    public static double McNemar(int b, int c)
    {
        var (below, at) = LowerTail(b, c);
        return b == c ? 1 : Math.Min(1, 2 * (below + at));
    }

    /// <summary>
    /// McNemar's test with the mid-p: 2 P(X below min(b, c)) + P(X = min(b, c)); 1 where b = c. Its false positives are
    /// nearer to the level than the exact test's, and seldom above it (Fagerland, Lydersen and Laake, "The McNemar test for
    /// binary matched-pairs data: mid-p and asymptotic are better than exact conditional", BMC Medical Research
    /// Methodology 13, 2013).
    /// </summary>
    /// <param name="b">Images that only one is right about.</param>
    /// <param name="c">Images that only the other is right about.</param>
    public static double McNemarMidP(int b, int c)
    {
        var (below, at) = LowerTail(b, c);
        return b == c ? 1 : Math.Min(1, (2 * below) + at);
    }

    /// <summary>P(X below few) and P(X = few), few the smaller of both, X of b + c fair coins.</summary>
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
