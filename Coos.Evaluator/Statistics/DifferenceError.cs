namespace Coos.Evaluator.Statistics;

/// <summary>The uncertainty of a difference of two submissions, from which intervals of any confidence follow.</summary>
/// <param name="StandardError">The standard error, at least 0.</param>
/// <param name="Degrees">The degrees of freedom of Student's t, at least 1; infinity for the normal distribution.</param>
public readonly record struct DifferenceError(double StandardError, double Degrees)
{
    /// <summary>Computes half the width of an interval.</summary>
    /// <param name="confidence">The confidence: above 0 and below 1, such as 0.9.</param>
    public double ComputeHalfWidth(double confidence) => StandardError * Student.ComputeUpper((1 - confidence) / 2, Degrees);

    /// <summary>Computes an interval of a difference, within -1..1.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="confidence">The confidence: above 0 and below 1, such as 0.9.</param>
    public Interval ComputeInterval(double difference, double confidence)
    {
        var half = ComputeHalfWidth(confidence);
        return new Interval(Math.Max(-1, difference - half), Math.Min(1, difference + half));
    }

    /// <summary>
    /// Computes the error that the difference would have if it were as large as a margin, at least this one: equivalence is tested at
    /// the margin, where more images are discordant than at a smaller difference.
    /// </summary>
    /// <remarks>
    /// The variance of one image's difference is q - d². At the margin m it is q + (m - |d|) - m²: the images that only the better entry
    /// gets right are as many more as the difference is larger, the others remain. The variance is multiplied by the ratio, if it is
    /// above 1.
    /// </remarks>
    /// <param name="difference">d, the difference.</param>
    /// <param name="discordance">q, the share of images that only one of the entries gets right, 0..1.</param>
    /// <param name="margin">m, above 0 and below 1.</param>
    public DifferenceError AtMargin(double difference, double discordance, double margin)
    {
        var (own, more) = (discordance - (difference * difference), Math.Max(0, margin - Math.Abs(difference)));
        var ratio = own > 0 ? (discordance + more - (margin * margin)) / own : 1;
        return this with { StandardError = StandardError * Math.Sqrt(Math.Max(1, ratio)) };
    }

    /// <summary>
    /// Computes the p of two one-sided tests that the difference is within ±margin (Schuirmann, "A comparison of the two one-sided
    /// tests procedure and the power approach", Journal of Pharmacokinetics and Biopharmaceutics 15, 1987). It is below 5% if and
    /// only if the 90% interval is within ±margin.
    /// </summary>
    /// <param name="difference">The difference.</param>
    /// <param name="margin">The margin, above 0.</param>
    public double ComputeEquivalenceP(double difference, double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        var distance = margin - Math.Abs(difference);
        return StandardError > 0 ? Student.UpperTail(distance / StandardError, Degrees)
            : distance > 0 ? 0
            : 1;
    }
}
