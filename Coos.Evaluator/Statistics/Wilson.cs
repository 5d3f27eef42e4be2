namespace Coos.Evaluator.Statistics;

/// <summary>
/// The score interval of a binomial proportion (Wilson, "Probable inference, the law of succession, and statistical
/// inference", JASA 22, 1927): it stays within 0..1 and has a sensible width at 0 and 1.
/// </summary>
public static class Wilson
{
    /// <summary>The 97.5% quantile of the normal distribution, for two-sided 95%.</summary>
    public const double Normal975 = 1.959963984540054;

    /// <summary>Computes the 95% interval of a proportion.</summary>
    /// <param name="successes">0 .. <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    public static Interval Compute(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)successes, (uint)trials, nameof(successes));

        const double Squared = Normal975 * Normal975;
        double n = trials;
        var share = successes / n;
        var centre = (share + (Squared / (2 * n))) / (1 + (Squared / n));
        var half = Normal975 / (1 + (Squared / n)) * Math.Sqrt((share * (1 - share) / n) + (Squared / (4 * n * n)));

        // At the ends, the limit is exactly 0 or 1, but the arithmetic may leave a rounding error.
        var lower = successes == 0 ? 0 : Math.Max(0, centre - half);
        var upper = successes == trials ? 1 : Math.Min(1, centre + half);
        return new Interval(lower, upper);
    }
}
