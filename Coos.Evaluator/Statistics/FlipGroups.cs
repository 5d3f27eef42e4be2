namespace Coos.Evaluator.Statistics;

/// <summary>Computes tail probabilities of a sum of weights with random signs, in groups of equal weight.</summary>
internal sealed class FlipGroups
{
    /// <summary>
    /// The maximum number of enumerated sums per half of the groups: 16 million in total, in a tenth of a millisecond.
    /// </summary>
    private const int MaxHalfSums = 1 << 12;

    private const double Tie = 1e-9;

    // For the most frequent counts.
    private static readonly double[][] Coins = [.. Enumerable.Range(0, SignFlip.NormalFrom).Select(Binomial.Fair)];

    private readonly List<(double Weight, int Count)> _groups = [];

    /// <summary>Creates the groups; classes with the same number of images share a group.</summary>
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

    private double MaxSum => _groups.Sum(g => g.Weight * g.Count);

    /// <summary>Computes 2 P(sum above distance) + P(sum = distance) exactly; null if that would take too long.</summary>
    /// <remarks>
    /// The groups are divided into two halves with about the same number of sums (Horowitz and Sahni, "Computing partitions
    /// with applications to the knapsack problem", JACM 21, 1974): for each sum of one half, a binary search finds the sums of
    /// the other half that exceed the distance.
    /// </remarks>
    public double? ComputeMidPByEnumeration(double distance)
    {
        List<(double Weight, int Count)> first = [],
            second = [];
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

            if (Math.Max(firstSums, secondSums) > MaxHalfSums)
            {
                return null;
            }
        }

        return Math.Min(1, 2 * ComputeTail(EnumerateSums(first), EnumerateSums(second), distance));
    }

    /// <summary>
    /// Computes the same mid-p if the weights are nearly multiples of one unit, as for classes of nearly equal size; null
    /// otherwise.
    /// </summary>
    public double? ComputeMidPByLattice(double distance) =>
        distance < MaxSum * (1 - Tie) ? NearLattice.ComputeMidP(_groups, distance) : null;

    /// <summary>
    /// Approximates the same mid-p: the sums of the heaviest flips are enumerated, and the sum of the rest is approximated by
    /// <see cref="EdgeworthTail"/>. A smooth formula alone is wrong where few flips decide, such as those of a tiny class.
    /// </summary>
    public double ComputeMidPByHeaviest(double distance)
    {
        var smallest = Math.Pow(2, -_groups.Sum(g => g.Count));
        if (distance >= MaxSum * (1 - Tie))
        {
            return smallest;
        }

        List<(double Weight, int Count)> heaviest = [],
            rest = [];
        var sums = 1;
        foreach (var (weight, count) in _groups.OrderByDescending(g => g.Weight))
        {
            var enumerated = rest.Count > 0 ? 0 : Math.Min(count, (MaxHalfSums / sums) - 1);
            if (enumerated > 0)
            {
                heaviest.Add((weight, enumerated));
                sums *= enumerated + 1;
            }

            if (enumerated < count)
            {
                rest.Add((weight, count - enumerated));
            }
        }

        var tail = new EdgeworthTail(rest);
        var (values, chances) = EnumerateSums(heaviest);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += chances[i] * tail.Compute(distance - values[i]);
        }

        return Math.Clamp(2 * sum, smallest, 1);
    }

    private static (double[] Sums, double[] Chances) EnumerateSums(List<(double Weight, int Count)> groups)
    {
        double[] sums = [0],
            chances = [1];
        foreach (var (weight, count) in groups)
        {
            var coins = count < Coins.Length ? Coins[count] : Binomial.Fair(count);
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
    private static double ComputeTail((double[] Sums, double[] Chances) a, (double[] Sums, double[] Chances) b, double distance)
    {
        Array.Sort(b.Sums, b.Chances);
        var above = new double[b.Sums.Length + 1];
        for (var i = b.Sums.Length - 1; i >= 0; i--)
        {
            above[i] = above[i + 1] + b.Chances[i];
        }

        // Equal sums of fractions may differ in the last digits.
        var slack = distance * Tie;
        var tail = 0.0;
        for (var i = 0; i < a.Sums.Length; i++)
        {
            var needed = distance - a.Sums[i];
            tail += a.Chances[i] * (above[FindLowerBound(b.Sums, needed - slack)] + above[FindLowerBound(b.Sums, needed + slack)]) / 2;
        }

        return tail;
    }

    /// <summary>Finds the index of the first value that is not below a bound.</summary>
    private static int FindLowerBound(double[] sorted, double bound)
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
