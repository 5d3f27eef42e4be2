namespace Coos.Evaluator.Statistics;

/// <summary>
/// The two-sided test of a binomial proportion in which a count is more extreme if it is less likely (Sterne, "Some remarks on
/// confidence or fiducial limits", Biometrika 41, 1954), with the mid-p of Lancaster ("Significance tests in discrete
/// distributions", JASA 56, 1961): a count as likely as the observed one counts half.
/// </summary>
/// <remarks>
/// Trials and successes may be fractions, since effective numbers are: the possible counts are then at whole distances from
/// the observed one, from half a count below 0 to half a count above the trials.
/// </remarks>
internal static class SterneTest
{
    private const double Tie = 1e-9;
    private const double Negligible = 1e-17;

    // By Cantelli's inequality, either tail beyond z holds at most 1 / (1 + z²), here below 2.5%.
    private const double RejectedSquare = 40;

    // Within ten standard deviations each count that is less likely has at most the chance of the observed one, and by Chebyshev's
    // inequality all others together have at most 1%. If the counts within have less than 4%, the sum need not be computed.
    private const double Reach = 10;
    private const double RejectedChance = 0.04;

    // Beyond it, the normal tail is as accurate, and summing would take long.
    private const double MaxSummedVariance = 1e5;

    /// <summary>Computes the mid-p of a proportion; 0 if it is certainly below 5%.</summary>
    /// <param name="trials">N, above 0.</param>
    /// <param name="successes">0 .. N.</param>
    /// <param name="proportion">The tested proportion, above 0 and below 1.</param>
    public static double ComputeMidP(double trials, double successes, double proportion)
    {
        var variance = trials * proportion * (1 - proportion);
        var deviation = successes - (trials * proportion);
        if (deviation * deviation > RejectedSquare * variance)
        {
            return 0;
        }

        if (variance > MaxSummedVariance)
        {
            return Normal.TwoSided(deviation / Math.Sqrt(variance));
        }

        var odds = proportion / (1 - proportion);
        var log =
            LogGamma.Compute(trials + 1)
            - LogGamma.Compute(successes + 1)
            - LogGamma.Compute(trials - successes + 1)
            + (successes * Math.Log(proportion))
            + ((trials - successes) * Math.Log(1 - proportion));
        var chance = Math.Exp(log);
        if (chance * ((2 * Reach * Math.Sqrt(variance)) + 2) < RejectedChance)
        {
            return 0;
        }

        return chance * (0.5 + SumLessLikelyAbove(trials, successes, odds) + SumLessLikelyAbove(trials, trials - successes, 1 / odds));
    }

    /// <summary>Sums the probabilities of the higher counts that are less likely, relative to that of the observed count.</summary>
    private static double SumLessLikelyAbove(double trials, double successes, double odds)
    {
        var (sum, chance) = (0.0, 1.0);
        for (var count = successes + 1; count <= trials + 0.5; count++)
        {
            var ratio = (trials - count + 1) / count * odds;
            chance *= ratio;
            sum +=
                chance < 1 - Tie ? chance
                : chance <= 1 + Tie ? chance / 2
                : 0;
            if (ratio < 1 && chance < Negligible)
            {
                break;
            }
        }

        return sum;
    }
}
