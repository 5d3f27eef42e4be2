namespace Coos.Evaluator.Statistics;

/// <summary>Intervals of what is made of several splits: how much worse one is than the reference, and the mean that ranks.</summary>
public static class Generalisation
{
    /// <summary>
    /// The 95% interval of a difference of two independent errors, MOVER (Zou and Donner 2008) over their own intervals:
    /// gap - sqrt((e - l)² + (U - E)²), gap + sqrt((u - e)² + (E - L)²), with capitals for the reference.
    /// </summary>
    /// <param name="error">The split's balanced error.</param>
    /// <param name="interval">Its interval, per image or by cluster.</param>
    /// <param name="reference">The reference split's balanced error.</param>
    /// <param name="referenceInterval">Its interval.</param>
    public static Interval GapInterval(double error, Interval interval, double reference, Interval referenceInterval)
    {
        var gap = error - reference;
        return new Interval(
            Math.Max(-1, gap - Hypotenuse(error - interval.Lower, referenceInterval.Upper - reference)),
            Math.Min(1, gap + Hypotenuse(interval.Upper - error, reference - referenceInterval.Lower)));
    }

    /// <summary>
    /// The 95% interval of the mean of independent errors, MOVER over their own intervals: mean - sqrt(sum (e - l)²) / m,
    /// mean + sqrt(sum (u - e)²) / m.
    /// </summary>
    /// <param name="splits">Balanced error and interval of each split, at least one.</param>
    public static Interval MeanInterval(IReadOnlyCollection<(double Error, Interval Interval)> splits)
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
