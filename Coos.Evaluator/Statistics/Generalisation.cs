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
    /// Computes the 95% interval of a weighted mean of independent losses from their intervals, by MOVER:
    /// mean - sqrt(sum w² (e - l)²), mean + sqrt(sum w² (u - e)²).
    /// </summary>
    /// <param name="splits">The loss and interval of each split, at least one, and its share w; all shares sum to 1.</param>
    public static Interval ComputeMeanInterval(IReadOnlyCollection<(double Share, double Error, Interval Interval)> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count);
        var (mean, below, above) = (0.0, 0.0, 0.0);
        foreach (var (share, error, interval) in splits)
        {
            mean += share * error;
            below = Hypotenuse(below, share * (error - interval.Lower));
            above = Hypotenuse(above, share * (interval.Upper - error));
        }

        return new Interval(mean - below, mean + above);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
