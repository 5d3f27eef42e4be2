namespace Coos.Evaluator.Statistics;

/// <summary>
/// The tail of a sum of fair signs whose weights are nearly whole multiples of one unit, as those of classes of nearly one
/// size are. Such a sum comes in clumps, which a smooth formula goes through the middle of: its p is off by up to half a
/// clump, where the observed sum lies at the edge of one. Here the sum of the multiples is enumerated, and only what the
/// weights differ from them, small and uncorrelated with it, is taken to be normal.
/// </summary>
internal static class NearLattice
{
    /// <summary>From so many units on, the rest fills the gaps of two units between the clumps and there is none left to see.</summary>
    private const double MostRest = 1;

    private const int MostSums = 1 << 14;
    private const double Tie = 1e-9;

    /// <summary>2 P(sum above distance) + P(sum = distance); null where the weights are no such multiples.</summary>
    /// <param name="groups">Flips that weigh the same, and how many they are.</param>
    /// <param name="distance">Above 0.</param>
    public static double? MidP(IReadOnlyList<(double Weight, int Count)> groups, double distance)
    {
        var median = Median(groups);
        if (groups.Sum(g => g.Weight * g.Count) > MostSums * median)
        {
            return null;
        }

        var unit = Fit(groups, Fit(groups, median));
        var rest = Math.Sqrt(groups.Sum(g => g.Count * Square(g.Weight - (unit * Multiple(g.Weight, unit)))));
        if (rest > MostRest * unit)
        {
            return null;
        }

        double flips = groups.Sum(g => Multiple(g.Weight, unit) > 0 ? g.Count : 0);
        var chances = Chances(groups, unit);
        var (furthest, tail) = (chances.Length / 2, 0.0);
        for (var sum = -furthest; sum <= furthest; sum++)
        {
            tail += chances[sum + furthest] * Above(distance - (unit * sum), rest * Left(sum, furthest, flips), distance);
        }

        return Math.Min(1, 2 * tail);
    }

    /// <summary>
    /// What the rest's deviation shrinks by where the sum of the multiples is known: the further that is from 0, the fewer
    /// ways there are to it. Of n signs with a known sum that of drawing without replacement, sqrt((1 - (sum / n)²) n / (n - 1)).
    /// </summary>
    private static double Left(int sum, int furthest, double flips) =>
        Math.Sqrt((1 - Square((double)sum / furthest)) * flips / Math.Max(1, flips - 1));

    /// <summary>Where half of the flips weigh less: the weight of one image, unless most flips are whole clusters.</summary>
    private static double Median(IReadOnlyList<(double Weight, int Count)> groups)
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

    /// <summary>The unit that leaves the least rest, by least squares, which is uncorrelated with the sum of the multiples.</summary>
    private static double Fit(IReadOnlyList<(double Weight, int Count)> groups, double unit)
    {
        var (products, squares) = (0.0, 0.0);
        foreach (var (weight, count) in groups)
        {
            double multiple = Multiple(weight, unit);
            products += count * multiple * weight;
            squares += count * multiple * multiple;
        }

        return products / squares;
    }

    private static int Multiple(double weight, double unit) => (int)Math.Round(weight / unit);

    private static double Square(double x) => x * x;

    /// <summary>The chance of each sum of the multiples, from the lowest to the highest.</summary>
    private static double[] Chances(IReadOnlyList<(double Weight, int Count)> groups, double unit)
    {
        double[] chances = [1];
        foreach (var group in groups.GroupBy(g => Multiple(g.Weight, unit)).Where(g => g.Key > 0))
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

    /// <summary>P(rest above what is missing), and half of P(rest = it).</summary>
    private static double Above(double missing, double rest, double distance)
    {
        if (rest < distance * Tie)
        {
            return Math.Abs(missing) <= distance * Tie ? 0.5 : missing < 0 ? 1 : 0;
        }

        var beyond = Normal.TwoSided(missing / rest) / 2;
        return missing < 0 ? 1 - beyond : beyond;
    }
}
