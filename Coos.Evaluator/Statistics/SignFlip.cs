namespace Coos.Evaluator.Statistics;

/// <summary>
/// Two-sided sign flip test (Fisher's randomisation, "The Design of Experiments", 1935): were two submissions equally good,
/// each image (or cluster) that they disagree on would favour either alike. p is the share of all sign patterns whose sum
/// is further from 0 than the one observed, and half of those as far: the mid-p (Lancaster, "Significance tests in discrete
/// distributions", JASA 56, 1961), without which few discordant images would call too little significant.
/// </summary>
/// <remarks>The ways of computing it, and how far apart they are, stand in docs/decisions/0022-paired-test.md.</remarks>
public static class SignFlip
{
    /// <summary>From as many flips the sum is taken to be normal.</summary>
    public const int NormalFrom = 200;

    /// <summary>The p of discordant images: in group k, counts[k] flips that weigh weights[k] each.</summary>
    /// <param name="counts">b_k + c_k.</param>
    /// <param name="weights">1 / (n_k K'), above 0.</param>
    /// <param name="observed">d.</param>
    public static double OfImages(ReadOnlySpan<int> counts, ReadOnlySpan<double> weights, double observed)
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

        if (total >= NormalFrom)
        {
            return Normal.TwoSided(distance / Math.Sqrt(variance));
        }

        var flips = new FlipGroups(counts, weights);
        return flips.MidPByEnumeration(distance) ?? flips.MidPByLattice(distance) ?? flips.MidPBySaddlePoint(distance);
    }

    /// <summary>The p of clusters that flip as a whole.</summary>
    /// <param name="values">What each cluster adds to d.</param>
    public static double OfClusters(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] nonzero = [.. values.Where(v => v != 0).Select(Math.Abs)];
        var counts = new int[nonzero.Length];
        Array.Fill(counts, 1);
        return OfImages(counts, nonzero, values.Sum());
    }
}
