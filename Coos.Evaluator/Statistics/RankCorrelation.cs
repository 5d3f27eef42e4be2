namespace Coos.Evaluator.Statistics;

/// <summary>Spearman's rank correlation, with the interval of a bootstrap of groups of entries.</summary>
public static class RankCorrelation
{
    private const int Replicates = 4000;
    private const int Tail = Replicates / 40;
    private const ulong Seed = 19UL << 32;

    /// <summary>Computes Spearman's rank correlation: Pearson's correlation of the ranks, which are averaged over ties.</summary>
    /// <param name="first">Values.</param>
    /// <param name="second">As many values.</param>
    /// <returns>-1..1; null if all values of one side are equal.</returns>
    public static double? Compute(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Count, first.Count);
        return Correlate(Rank(first), Rank(second));
    }

    /// <summary>
    /// Computes the 95% interval of a statistic of rank correlations from resamples of groups with replacement: entries of one group
    /// share features or training images, and are drawn together (Davison and Hinkley, "Bootstrap Methods and their Application", 1997).
    /// </summary>
    /// <param name="groups">The group of each entry.</param>
    /// <param name="statistic">Computes the statistic of the entries at some positions; null if it is not defined.</param>
    /// <returns>Null with fewer than three groups, or if a tenth of the resamples have no statistic.</returns>
    public static Interval? Bootstrap(IReadOnlyList<string> groups, Func<IReadOnlyList<int>, double?> statistic)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(statistic);
        int[][] members = [.. groups.Index().GroupBy(g => g.Item, g => g.Index, StringComparer.Ordinal).Select(g => g.ToArray())];
        if (members.Length < RobustnessBootstrap.MinFamilies)
        {
            return null;
        }

        var mix = new SplitMix(Seed);
        var values = new List<double>(Replicates);
        for (var r = 0; r < Replicates; r++)
        {
            var drawn = new List<int>();
            for (var i = 0; i < members.Length; i++)
            {
                drawn.AddRange(members[mix.Below(members.Length)]);
            }

            if (statistic(drawn) is { } value)
            {
                values.Add(value);
            }
        }

        if (values.Count < Replicates * 9 / 10)
        {
            return null;
        }

        values.Sort();
        return new Interval(values[Tail - 1], values[values.Count - Tail]);
    }

    private static double[] Rank(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        var start = 0;
        while (start < order.Length)
        {
            var end = start;
            while (end + 1 < order.Length && values[order[end + 1]] == values[order[start]])
            {
                end++;
            }

            for (var i = start; i <= end; i++)
            {
                ranks[order[i]] = (start + end) / 2.0;
            }

            start = end + 1;
        }

        return ranks;
    }

    private static double? Correlate(double[] first, double[] second)
    {
        if (first.Length == 0)
        {
            return null;
        }

        var (meanX, meanY) = (first.Average(), second.Average());
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            var (x, y) = (first[i] - meanX, second[i] - meanY);
            (xx, yy, xy) = (xx + (x * x), yy + (y * y), xy + (x * y));
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : null;
    }
}
