namespace Coos.Evaluator.Statistics;

/// <summary>What is known of the p of a pair before the costly part of a sign flip test: often enough to judge it.</summary>
/// <param name="P">An upper bound of p that holds in any case; where settled, as good as p itself for a level of 5%.</param>
/// <param name="IsSettled">Whether <see cref="RankingLayout.P"/> could change no conclusion.</param>
public readonly record struct ScreenedPair(double P, bool IsSettled)
{
    /// <summary>
    /// The smallest p that <see cref="SignFlip"/> gives where it draws or enumerates clusters: 2 of 2^18 patterns. A bound
    /// below it is no worse.
    /// </summary>
    public const double Floor = 2.0 / (1 << 18);

    /// <summary>Judges a sum of flips.</summary>
    /// <remarks>
    /// A sum of independent signs with variance V reaches its own standard deviation with a chance of at least 1/10
    /// (Oleszkiewicz, "On the Stein property of Rademacher sequences", Probability and Mathematical Statistics 16, 1996): a
    /// difference within it is never significant at 5%. And it reaches z of them with a chance of at most 2 exp(-z²/2)
    /// (Hoeffding, "Probability inequalities for sums of bounded random variables", 1963): beyond z = 4.85 that is below
    /// what drawing can tell.
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
        return new ScreenedPair(bound, z <= 1 || bound <= Floor);
    }
}
