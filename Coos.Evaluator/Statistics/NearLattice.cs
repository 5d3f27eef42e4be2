namespace Coos.Evaluator.Statistics;

/// <summary>
/// Computes the tail of a sum of weights with random signs, where the weights are nearly whole multiples of one unit, as for
/// classes of nearly equal size. The values of such a sum form clusters. A smooth formula is wrong by up to half a cluster
/// if the observed sum is at the edge of one. Here the sum of the multiples is enumerated, and only the rest, which is small
/// and uncorrelated with it, is approximated as normal.
/// </summary>
internal static class NearLattice
{
    /// <summary>The maximum deviation of the rest in units: beyond it, the rest fills the gaps of two units between the clusters.</summary>
    private const double MaxRest = 1;

    private const int MaxSums = 1 << 13;
    private const double Tie = 1e-9;

    /// <summary>Computes 2 P(sum above distance) + P(sum = distance); null if the weights are not nearly multiples of one unit.</summary>
    /// <param name="groups">The weights and the number of flips of each.</param>
    /// <param name="distance">The absolute value of the observed sum, above 0.</param>
    public static double? ComputeMidP(IReadOnlyList<(double Weight, int Count)> groups, double distance)
    {
        var median = ComputeMedian(groups);
        if (groups.Sum(g => g.Weight * g.Count) > MaxSums * median)
        {
            return null;
        }

        var unit = FitUnit(groups, FitUnit(groups, median));
        var rest = Math.Sqrt(groups.Sum(g => g.Count * Square(g.Weight - (unit * RoundToMultiple(g.Weight, unit)))));
        if (rest > MaxRest * unit)
        {
            return null;
        }

        double flips = groups.Sum(g => RoundToMultiple(g.Weight, unit) > 0 ? g.Count : 0);
        var chances = EnumerateChances(groups, unit);
        var (furthest, tail) = (chances.Length / 2, 0.0);
        for (var sum = -furthest; sum <= furthest; sum++)
        {
            tail +=
                chances[sum + furthest]
                * ComputeProbabilityAbove(distance - (unit * sum), rest * ComputeShrinkage(sum, furthest, flips), distance);
        }

        return Math.Min(1, 2 * tail);
    }

    /// <summary>
    /// The factor by which the rest's deviation shrinks if the sum of the multiples is known: the further the sum is from 0, the
    /// fewer sign patterns lead to it. For n signs with a known sum it is that of drawing without replacement,
    /// sqrt((1 - (sum / n)²) n / (n - 1)).
    /// </summary>
    private static double ComputeShrinkage(int sum, int furthest, double flips) =>
        Math.Sqrt((1 - Square((double)sum / furthest)) * flips / Math.Max(1, flips - 1));

    /// <summary>The median weight of the flips: the weight of one image, unless most flips are whole clusters.</summary>
    private static double ComputeMedian(IReadOnlyList<(double Weight, int Count)> groups)
    {
        var left = groups.Sum(g => g.Count) / 2;
        foreach (var (weight, count) in groups.OrderBy(g => g.Weight))
        {
            left -= count;
            if (left < 0)
            {
                return weight;
            }
        }

        return groups[0].Weight;
    }

    /// <summary>Fits the unit by least squares, so that the rest is minimal and uncorrelated with the sum of the multiples.</summary>
    private static double FitUnit(IReadOnlyList<(double Weight, int Count)> groups, double unit)
    {
        var (products, squares) = (0.0, 0.0);
        foreach (var (weight, count) in groups)
        {
            double multiple = RoundToMultiple(weight, unit);
            products += count * multiple * weight;
            squares += count * multiple * multiple;
        }

        return products / squares;
    }

    private static int RoundToMultiple(double weight, double unit) => (int)Math.Round(weight / unit);

    private static double Square(double x) => x * x;

    /// <summary>Computes the probability of each sum of the multiples, from the lowest to the highest.</summary>
    private static double[] EnumerateChances(IReadOnlyList<(double Weight, int Count)> groups, double unit)
    {
        double[] chances = [1];
        foreach (var group in groups.GroupBy(g => RoundToMultiple(g.Weight, unit)).Where(g => g.Key > 0))
        {
            var coins = Binomial.Fair(group.Sum(g => g.Count));
            var next = new double[chances.Length + (2 * group.Key * (coins.Length - 1))];
            for (var heads = 0; heads < coins.Length; heads++)
            {
                for (var (i, at) = (0, 2 * group.Key * heads); i < chances.Length; i++, at++)
                {
                    next[at] += chances[i] * coins[heads];
                }
            }

            chances = next;
        }

        return chances;
    }

    /// <summary>P(rest above missing) + P(rest = missing) / 2.</summary>
    private static double ComputeProbabilityAbove(double missing, double rest, double distance)
    {
        if (rest < distance * Tie)
        {
            return Math.Abs(missing) <= distance * Tie ? 0.5
                : missing < 0 ? 1
                : 0;
        }

        var beyond = Normal.TwoSided(missing / rest) / 2;
        return missing < 0 ? 1 - beyond : beyond;
    }
}
