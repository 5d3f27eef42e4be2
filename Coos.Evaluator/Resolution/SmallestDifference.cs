using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Resolution;

/// <summary>
/// The smallest difference of two entries that a paired test shows in four of five cases: delta = (t(1 - level/2) + t(0.80)) sqrt(V),
/// with V the variance of the difference at delta itself.
/// </summary>
public static class SmallestDifference
{
    /// <summary>The probability that the test shows the difference.</summary>
    public const double Power = 0.8;

    /// <summary>The level of a single test.</summary>
    public const double Level = 0.05;

    /// <summary>Computes the level that Holm's method leaves for the first of all pairs of entries.</summary>
    /// <param name="entries">The number of entries, at least 2.</param>
    public static double ComputeHolmLevel(int entries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(entries, 2);
        return Level / (entries * (entries - 1.0) / 2);
    }

    /// <summary>Computes the smallest difference.</summary>
    /// <param name="design">The variance of the difference per unit of variance of one image.</param>
    /// <param name="error">e, the error of the better entry, above 0 and below 1. The other's is e + delta.</param>
    /// <param name="agreement">The correlation of the entries' errors, 0..1.</param>
    /// <param name="level">The level of the two-sided test, above 0 and below 1.</param>
    /// <returns>The difference; null if the test would not show even that to an entry that is always wrong.</returns>
    public static double? Compute(DesignVariance design, double error, double agreement, double level = Level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(error);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(error, 1);
        var quantiles = ComputeQuantiles(design.Degrees, level);
        double Excess(double delta) =>
            (quantiles * Math.Sqrt(design.Factor * PairedErrors.ComputeVariance(error, delta, agreement))) - delta;

        // At 0 the excess is above 0 unless the entries agree fully; the root is then above 0 too.
        var (low, high) = (1e-12, 1 - error);
        if (Excess(high) > 0)
        {
            return null;
        }

        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return high;
            }

            (low, high) = Excess(middle) > 0 ? (middle, high) : (low, middle);
        }
    }

    /// <summary>Computes how many times as many clusters of the same kind show a given difference.</summary>
    /// <param name="design">The variance of the difference per unit of variance of one image.</param>
    /// <param name="error">The error of the better entry, above 0 and below 1.</param>
    /// <param name="agreement">The correlation of the entries' errors, 0..1.</param>
    /// <param name="wanted">The difference, above 0; the error and it must not exceed 1.</param>
    /// <param name="level">The level of the two-sided test, above 0 and below 1.</param>
    public static double ComputeTimes(DesignVariance design, double error, double agreement, double wanted, double level = Level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(error + wanted, 1);
        var perUnit = design.Factor * PairedErrors.ComputeVariance(error, wanted, agreement) / wanted / wanted;
        bool IsEnough(double times)
        {
            var quantiles = ComputeQuantiles(design.Enlarge(times).Degrees, level);
            return quantiles * quantiles * perUnit <= times;
        }

        var (low, high) = (1e-9, 1.0);
        while (!IsEnough(high))
        {
            (low, high) = (high, 2 * high);
        }

        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = IsEnough(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static double ComputeQuantiles(double degrees, double level) =>
        Student.ComputeUpper(level / 2, degrees) + Student.ComputeUpper(1 - Power, degrees);
}
