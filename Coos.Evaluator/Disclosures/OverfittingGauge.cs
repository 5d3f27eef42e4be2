using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Disclosures;

/// <summary>
/// How much more the best entries of submitters lose on the sealed part, the more tries they made: the slope of their
/// <see cref="PartDifference"/> over the number of tries.
/// </summary>
/// <param name="Submitters">The number of submitters.</param>
/// <param name="SlopePerDoubling">The change of the difference for twice as many tries; 0.01 is a point.</param>
/// <param name="Interval">Its 95% interval.</param>
public readonly record struct OverfittingGauge(int Submitters, double SlopePerDoubling, Interval Interval)
{
    /// <summary>With fewer submitters a fitted line is meaningless.</summary>
    public const int MinSubmitters = 5;

    /// <summary>Fits the line.</summary>
    /// <remarks>
    /// Weighted least squares of the differences over log2(tries), with weights 1/V; the scale of the variances is estimated from
    /// the residuals, with n - 2 degrees of freedom, and the interval is Student's t (Seber and Lee, "Linear regression analysis",
    /// 2003, section 3.10). All entries have the same images, so their differences share an error; it moves the intercept, and the
    /// slope hardly.
    /// </remarks>
    /// <param name="best">
    /// The best entry of each submitter: its difference, whose variance is above 0, and the submitter's number of tries, at least 1.
    /// </param>
    /// <returns>The gauge; null with fewer than <see cref="MinSubmitters"/>, or if all made the same number of tries.</returns>
    public static OverfittingGauge? Fit(IReadOnlyList<(PartDifference Difference, int Tries)> best)
    {
        ArgumentNullException.ThrowIfNull(best);
        if (best.Count < MinSubmitters || best.All(b => b.Tries == best[0].Tries))
        {
            return null;
        }

        double[] weights = [.. best.Select(b => 1 / b.Difference.Variance)];
        double[] doublings = [.. best.Select(b => Math.Log2(b.Tries))];
        var total = weights.Sum();
        var meanX = weights.Zip(doublings, (w, x) => w * x).Sum() / total;
        var meanY = weights.Zip(best, (w, b) => w * b.Difference.Value).Sum() / total;
        var (xx, xy) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            xx += weights[i] * (doublings[i] - meanX) * (doublings[i] - meanX);
            xy += weights[i] * (doublings[i] - meanX) * (best[i].Difference.Value - meanY);
        }

        var slope = xy / xx;
        var squares = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var residual = best[i].Difference.Value - meanY - (slope * (doublings[i] - meanX));
            squares += weights[i] * residual * residual;
        }

        var degrees = weights.Length - 2;
        var half = Student.Quantile975(degrees) * Math.Sqrt(squares / degrees / xx);
        return new OverfittingGauge(best.Count, slope, new Interval(slope - half, slope + half));
    }
}
