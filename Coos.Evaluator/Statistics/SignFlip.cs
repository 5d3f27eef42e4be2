namespace Coos.Evaluator.Statistics;

/// <summary>
/// Two-sided sign flip test (Fisher's randomisation, "The Design of Experiments", 1935): if two submissions were equally good,
/// each image (or cluster) that they disagree on would favour either with equal probability. p is the share of all sign
/// patterns whose sum is further from 0 than the observed one, plus half of those equally far: the mid-p (Lancaster,
/// "Significance tests in discrete distributions", JASA 56, 1961). Without it, the test would be too conservative for few
/// discordant images.
/// </summary>
/// <remarks>docs/decisions/0022-paired-test.md describes the ways of computing it and their differences.</remarks>
public static class SignFlip
{
    /// <summary>The minimum number of flips for which a sum of similar weights is as good as normal.</summary>
    public const int NormalFrom = 200;

    /// <summary>Computes the p for discordant images: group k has counts[k] flips of weight weights[k].</summary>
    /// <param name="counts">b_k + c_k.</param>
    /// <param name="weights">1 / (n_k K'), above 0.</param>
    /// <param name="observed">d.</param>
    public static double ComputeByImage(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, double observed)
    {
        var total = 0;
        var variance = 0.0;
        for (var k = 0; k < counts.Length; k++)
        {
            total += counts[k];
            variance += counts[k] * weights[k] * weights[k];
        }

        var distance = Math.Abs(observed);
        if (total == 0 || distance * distance < variance * 1e-18)
        {
            return 1;
        }

        var flips = new FlipGroups(counts, weights);
        return flips.ComputeMidPByEnumeration(distance) ?? flips.ComputeMidPByLattice(distance) ?? flips.ComputeMidPByHeaviest(distance);
    }

    /// <summary>Computes the p for clusters that flip as a whole.</summary>
    /// <param name="values">The contribution of each cluster to d.</param>
    public static double ComputeByCluster(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] nonzero = [.. values.Where(v => v != 0).Select(Math.Abs)];
        var counts = new int[nonzero.Length];
        Array.Fill(counts, 1);
        return ComputeByImage(counts, nonzero, values.Sum());
    }
}
