namespace Coos.Evaluator.Statistics;

/// <summary>What is known of the p of a pair before the costly part of a sign flip test: often enough to judge it.</summary>
/// <param name="P">An upper bound of p that holds in any case; where settled, as good as p itself for a level of 5%.</param>
/// <param name="IsSettled">Whether <see cref="RankingLayout.P"/> could change no conclusion.</param>
public readonly record struct ScreenedPair(double P, bool IsSettled)
{
    /// <summary>The largest number of entries whose pairs are tested.</summary>
    public const int MaximumEntries = 1000;

    /// <summary>A p of at most this is significant by Holm among all pairs of so many entries: what it is exactly changes nothing.</summary>
    public const double SurelySignificant = RankIntervals.Level / (MaximumEntries * (MaximumEntries - 1) / 2);

    /// <summary>Judges a sum of flips.</summary>
    /// <remarks>
    /// A sum of independent signs reaches its own standard deviation with a chance of at least 6/64 on either side (Dvořák
    /// and Klein, "Probability mass of Rademacher sums beyond one standard deviation", SIAM Journal on Discrete Mathematics
    /// 36, 2022), and a mid-p keeps at least half of that: a difference within it is never significant at 5%. And a sum
    /// reaches z standard deviations with a chance of at most 2 exp(-z²/2) (Hoeffding, "Probability inequalities for sums of
    /// bounded random variables", Journal of the American Statistical Association 58, 1963).
    /// </remarks>
    /// <param name="flips">The number of flips.</param>
    /// <param name="difference">Their sum as observed.</param>
    /// <param name="variance">The variance of their sum.</param>
    public static ScreenedPair Of(int flips, double difference, double variance)
    {
        if (variance <= 0)
        {
            return new ScreenedPair(1, true);
        }

        var z = Math.Abs(difference) / Math.Sqrt(variance);
        if (flips >= SignFlip.NormalFrom)
        {
            return new ScreenedPair(Normal.TwoSided(z), true);
        }

        var bound = Math.Min(1, 2 * Math.Exp(-z * z / 2));
        return new ScreenedPair(bound, z <= 1 || bound <= SurelySignificant);
    }
}
