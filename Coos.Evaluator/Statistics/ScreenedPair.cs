namespace Coos.Evaluator.Statistics;

/// <summary>A fast bound of the p of a pair, which often makes the slow sign flip test unnecessary.</summary>
/// <param name="P">An upper bound of p; if settled, it leads to the same conclusion as p at the 5% level.</param>
/// <param name="IsSettled">
/// Whether <see cref="RankingLayout.ComputeP(EncodedPredictions, EncodedPredictions)"/> cannot change the conclusion.
/// </param>
public readonly record struct ScreenedPair(double P, bool IsSettled)
{
    /// <summary>The maximum number of entries whose pairs are tested.</summary>
    public const int MaximumEntries = 1000;

    /// <summary>A p up to this is significant by Holm among all pairs of that many entries; its exact value does not matter.</summary>
    public const double SurelySignificant = RankIntervals.Level / (MaximumEntries * (MaximumEntries - 1) / 2);

    /// <summary>The minimum variance of a normal sum, in squares of its largest weight.</summary>
    private const double MinVarianceRatio = 150;

    /// <summary>Screens a pair of submissions on independent images.</summary>
    /// <remarks>
    /// A sum of independent signs reaches its standard deviation with a probability of at least 6/64 on either side (Dvořák and
    /// Klein, "Probability mass of Rademacher sums beyond one standard deviation", SIAM Journal on Discrete Mathematics 36,
    /// 2022), and a mid-p keeps at least half of that: a difference within one standard deviation is never significant at 5%.
    /// A sum reaches z standard deviations with a probability of at most 2 exp(-z²/2) (Hoeffding, "Probability inequalities for
    /// sums of bounded random variables", Journal of the American Statistical Association 58, 1963). The sum of many signs of similar
    /// weight is normal.
    /// </remarks>
    /// <param name="flips">The number of discordant images.</param>
    /// <param name="largest">The largest weight of an image.</param>
    /// <param name="variance">The variance of the sum of flips.</param>
    /// <param name="difference">The difference, whose own p is the second part of the result.</param>
    public static ScreenedPair Compute(int flips, double largest, double variance, RankingDifference difference)
    {
        var own = difference.P;
        if (variance <= 0 || own > RankIntervals.Level)
        {
            return new ScreenedPair(own, true);
        }

        var z = Math.Abs(difference.Value) / Math.Sqrt(variance);
        if (flips >= SignFlip.NormalFrom && variance >= MinVarianceRatio * largest * largest)
        {
            return new ScreenedPair(Math.Max(own, Normal.TwoSided(z)), true);
        }

        var bound = Math.Max(own, Math.Min(1, 2 * Math.Exp(-z * z / 2)));
        return new ScreenedPair(bound, z <= 1 || bound <= SurelySignificant);
    }
}
