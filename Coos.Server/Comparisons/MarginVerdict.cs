using Coos.Evaluator.Statistics;

namespace Coos.Server.Comparisons;

/// <summary>What the test and the intervals say about a difference, given the margin below which differences do not matter.</summary>
public enum MarginVerdict
{
    /// <summary>One entry is significantly better, and the 95% interval of the difference is beyond the margin.</summary>
    BetterByMoreThanMargin,

    /// <summary>One entry is significantly better; the difference may be smaller or larger than the margin.</summary>
    Better,

    /// <summary>No difference is shown, and the 90% interval is within the margin.</summary>
    Equivalent,

    /// <summary>Neither a difference nor equivalence is shown.</summary>
    Open,
}

/// <summary>The comparison of a difference with the margin, by two one-sided tests.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="IsWithinMargin">
/// Whether the 90% interval is within ±margin: both one-sided tests at 5% reject a larger difference (Schuirmann 1987).
/// </param>
internal readonly record struct MarginTest(MarginVerdict Verdict, bool IsWithinMargin)
{
    /// <summary>The confidence of the interval that must be within the margin: two one-sided tests at 5%.</summary>
    public const double Confidence = 0.9;

    /// <summary>Computes the interval that must be within the margin, with the variance at the margin.</summary>
    public static Interval ComputeInterval(RankingDifference difference, double margin) =>
        difference.Error.AtMargin(difference.Value, difference.Discordance, margin).ComputeInterval(difference.Value, Confidence);

    /// <summary>Compares a difference, A minus B, with the margin.</summary>
    /// <param name="better">The entry that is significantly better; null if no difference is shown.</param>
    /// <param name="interval">The 95% interval of the difference.</param>
    /// <param name="equivalenceInterval">The 90% interval of the difference.</param>
    /// <param name="margin">The margin, above 0.</param>
    public static MarginTest Compute(Side? better, double[] interval, double[] equivalenceInterval, double margin)
    {
        var isWithin = equivalenceInterval[0] > -margin && equivalenceInterval[1] < margin;
        var isBeyond = better == Side.A ? interval[1] < -margin : interval[0] > margin;
        return new MarginTest(
            better is null
                ? isWithin
                    ? MarginVerdict.Equivalent
                    : MarginVerdict.Open
                : isBeyond
                    ? MarginVerdict.BetterByMoreThanMargin
                    : MarginVerdict.Better,
            isWithin
        );
    }
}
