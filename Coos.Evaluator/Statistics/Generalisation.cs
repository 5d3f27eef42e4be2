namespace Coos.Evaluator.Statistics;

/// <summary>How much worse a split is than the reference.</summary>
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

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
