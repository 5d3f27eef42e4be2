namespace Coos.Evaluator.Statistics;

/// <summary>A sum of fair signs in groups of equal weight, and its tail.</summary>
internal sealed class FlipGroups
{
    /// <summary>So many sums of either half of the groups are enumerated: 16 million sums of the whole, in a tenth of a millisecond.</summary>
    private const int HalfSums = 1 << 12;

    private const double Tie = 1e-9;

    // All counts below SignFlip.NormalFrom that can occur.
    private static readonly double[][] Coins = [.. Enumerable.Range(0, SignFlip.NormalFrom).Select(Binomial.Fair)];

    private readonly List<(double Weight, int Count)> _groups = [];

    /// <summary>Merges groups of the same weight: classes of equally many images are one.</summary>
    public FlipGroups(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights)
    {
        for (var k = 0; k < counts.Length; k++)
        {
            var (weight, count) = (weights[k], counts[k]);
            var same = _groups.FindIndex(g => g.Weight == weight);
            if (same >= 0)
            {
                _groups[same] = (weight, _groups[same].Count + count);
            }
            else if (count > 0)
            {
                _groups.Add((weight, count));
            }
        }
    }

    private double Furthest => _groups.Sum(g => g.Weight * g.Count);

    /// <summary>2 P(sum above distance) + P(sum = distance), exactly; null where that would take long.</summary>
    /// <remarks>
    /// The groups are divided in two halves with about as many sums each (Horowitz and Sahni, "Computing partitions with
    /// applications to the knapsack problem", JACM 21, 1974): for each sum of the one, those of the other that it needs
    /// are found by bisection.
    /// </remarks>
    public double? MidPByEnumeration(double distance)
    {
        List<(double Weight, int Count)> first = [], second = [];
        var (firstSums, secondSums) = (1L, 1L);
        foreach (var group in _groups.OrderByDescending(g => g.Count))
        {
            if (firstSums <= secondSums)
            {
                first.Add(group);
                firstSums *= group.Count + 1;
            }
            else
            {
                second.Add(group);
                secondSums *= group.Count + 1;
            }

            if (Math.Max(firstSums, secondSums) > HalfSums)
            {
                return null;
            }
        }

        return Math.Min(1, 2 * Tail(Sums(first), Sums(second), distance));
    }

    /// <summary>The same where the weights are nearly multiples of one, as of classes of nearly one size; null where they are not.</summary>
    public double? MidPByLattice(double distance) => distance < Furthest * (1 - Tie) ? NearLattice.MidP(_groups, distance) : null;

    /// <summary>The same by the formula of Lugannani and Rice ("Saddle point approximation for the distribution of the sum of
    /// independent random variables", Advances in Applied Probability 12, 1980), which for a sum on a lattice is its mid-p.</summary>
    public double MidPBySaddlePoint(double distance)
    {
        var furthest = Furthest;
        if (distance >= furthest * (1 - Tie))
        {
            return Math.Pow(2, -_groups.Sum(g => g.Count));
        }

        var t = SaddlePoint(distance, furthest);
        var (log, curvature) = (0.0, 0.0);
        foreach (var (weight, count) in _groups)
        {
            // ln cosh x and 1 / cosh² x, without overflow.
            var small = Math.Exp(-2 * weight * t);
            log += count * ((weight * t) + Math.Log((1 + small) / 2));
            curvature += count * weight * weight * 4 * small / ((1 + small) * (1 + small));
        }

        var r = Math.Sqrt(Math.Max(0, 2 * ((t * distance) - log)));
        var density = Math.Exp(-r * r / 2) / Math.Sqrt(2 * Math.PI);
        var correction = r < 1e-3 ? 0 : (1 / (t * Math.Sqrt(curvature))) - (1 / r);
        return Math.Clamp(Normal.TwoSided(r) + (2 * density * correction), 0, 1);
    }

    /// <summary>The t at which the mean of the tilted sum, sum c w tanh(w t), is the distance: it rises in t.</summary>
    private double SaddlePoint(double distance, double furthest)
    {
        var (low, high) = (0.0, 1 / furthest);
        while (Mean(high) < distance)
        {
            high *= 2;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Mean(middle) < distance ? (middle, high) : (low, middle);
        }

        return high;
    }

    private double Mean(double t)
    {
        var sum = 0.0;
        foreach (var (weight, count) in _groups)
        {
            sum += count * weight * Math.Tanh(weight * t);
        }

        return sum;
    }

    private static (double[] Sums, double[] Chances) Sums(List<(double Weight, int Count)> groups)
    {
        double[] sums = [0], chances = [1];
        foreach (var (weight, count) in groups)
        {
            var coins = Coins[count];
            var (nextSums, nextChances) = (new double[sums.Length * coins.Length], new double[sums.Length * coins.Length]);
            for (var (i, at) = (0, 0); i < sums.Length; i++)
            {
                for (var heads = 0; heads <= count; heads++, at++)
                {
                    nextSums[at] = sums[i] + (((2 * heads) - count) * weight);
                    nextChances[at] = chances[i] * coins[heads];
                }
            }

            (sums, chances) = (nextSums, nextChances);
        }

        return (sums, chances);
    }

    /// <summary>P(a + b above distance) + P(a + b = distance) / 2.</summary>
    private static double Tail((double[] Sums, double[] Chances) a, (double[] Sums, double[] Chances) b, double distance)
    {
        Array.Sort(b.Sums, b.Chances);
        var above = new double[b.Sums.Length + 1];
        for (var i = b.Sums.Length - 1; i >= 0; i--)
        {
            above[i] = above[i + 1] + b.Chances[i];
        }

        // Sums of fractions that are equal may differ in the last digits.
        var slack = distance * Tie;
        var tail = 0.0;
        for (var i = 0; i < a.Sums.Length; i++)
        {
            var needed = distance - a.Sums[i];
            tail += a.Chances[i] * (above[FirstFrom(b.Sums, needed - slack)] + above[FirstFrom(b.Sums, needed + slack)]) / 2;
        }

        return tail;
    }

    /// <summary>The place of the first value that is not below a bound.</summary>
    private static int FirstFrom(double[] sorted, double bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < bound ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
