namespace Coos.Evaluator.Statistics;

/// <summary>Computes intervals of values over several splits: the gap to the reference split, and the ranking mean.</summary>
public static class Generalisation
{
    /// <summary>
    /// Computes the 95% interval of the difference of two independent errors from their intervals, by MOVER (Zou and Donner
    /// 2008): gap - sqrt((e - l)² + (U - E)²), gap + sqrt((u - e)² + (E - L)²), with capitals for the reference.
    /// </summary>
    /// <param name="error">The split's balanced error.</param>
    /// <param name="interval">The interval of that error, per image or by cluster.</param>
    /// <param name="reference">The reference split's balanced error.</param>
    /// <param name="referenceInterval">The interval of that error.</param>
    public static Interval ComputeGapInterval(double error, Interval interval, double reference, Interval referenceInterval)
    {
        var gap = error - reference;
        return new Interval(
            Math.Max(-1, gap - Hypotenuse(error - interval.Lower, referenceInterval.Upper - reference)),
            Math.Min(1, gap + Hypotenuse(interval.Upper - error, reference - referenceInterval.Lower))
        );
    }

    /// <summary>
    /// Computes the 95% interval of the mean of m independent errors from their intervals, by MOVER:
    /// mean - sqrt(sum (e - l)²) / m, mean + sqrt(sum (u - e)²) / m.
    /// </summary>
    /// <param name="splits">The balanced error and interval of each split, at least one.</param>
    public static Interval ComputeMeanInterval(IReadOnlyCollection<(double Error, Interval Interval)> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count);
        var (mean, below, above) = (0.0, 0.0, 0.0);
        foreach (var (error, interval) in splits)
        {
            mean += error / splits.Count;
            below = Hypotenuse(below, error - interval.Lower);
            above = Hypotenuse(above, interval.Upper - error);
        }

        return new Interval(Math.Max(-1, mean - (below / splits.Count)), Math.Min(1, mean + (above / splits.Count)));
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
