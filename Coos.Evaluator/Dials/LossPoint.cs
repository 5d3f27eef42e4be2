using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Dials;

/// <summary>
/// Where a curve of losses first reaches a limit: the amount of a change at which an entry has lost so many points. The curve and the
/// limits of its intervals are straight between two levels.
/// </summary>
/// <remarks>
/// The interval holds the amounts at which the limit is inside the interval of the loss (as Fieller's does for a ratio). The width of the
/// interval of a straight line between two levels is at most that of the straight limits, so it covers the crossing of the straight
/// curve with at least the confidence of the intervals of the levels, as long as the curve rises.
/// </remarks>
/// <param name="Amount">The amount; null if the curve stays below the limit.</param>
/// <param name="Lower">The amount at which the upper limits reach it; null if they do not.</param>
/// <param name="Upper">The amount at which the lower limits reach it; null if they do not.</param>
public readonly record struct LossPoint(double? Amount, double? Lower, double? Upper)
{
    /// <summary>The loss that is asked for: five points of balanced error.</summary>
    public const double FivePoints = 0.05;

    /// <summary>Finds the point.</summary>
    /// <param name="levels">Amount, loss and its interval of each level by rising amount; the first has no loss.</param>
    /// <param name="limit">The loss, above 0.</param>
    public static LossPoint Find(IReadOnlyList<(double Amount, double Loss, Interval Interval)> levels, double limit = FivePoints)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return new LossPoint(
            Cross([.. levels.Select(l => (l.Amount, l.Loss))], limit),
            Cross([.. levels.Select(l => (l.Amount, l.Interval.Upper))], limit),
            Cross([.. levels.Select(l => (l.Amount, l.Interval.Lower))], limit)
        );
    }

    /// <summary>Finds where straight lines between points first reach a limit.</summary>
    private static double? Cross((double Amount, double Value)[] points, double limit)
    {
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].Value >= limit)
            {
                return i == 0
                    ? points[0].Amount
                    : points[i - 1].Amount
                        + (
                            (points[i].Amount - points[i - 1].Amount)
                            * (limit - points[i - 1].Value)
                            / (points[i].Value - points[i - 1].Value)
                        );
            }
        }

        return null;
    }
}
