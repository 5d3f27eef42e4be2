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
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        if (b == c)
        {
            return 1;
        }

        var (n, few) = (b + c, Math.Min(b, c));
        var sum = 0.0;
        var log = -n * Math.Log(2);
        for (var k = 0; k <= few; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(n - k) / (k + 1));
        }

        return Math.Min(1, 2 * sum);
    }
}
