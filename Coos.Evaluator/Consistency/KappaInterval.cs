using Coos.Evaluator.Statistics;

namespace Coos.Evaluator.Consistency;

/// <summary>The 95% interval of the error consistency of two entries.</summary>
/// <param name="Interval">The interval of kappa.</param>
/// <param name="Unit">The unit that is taken as independent: "image", "well" or "plate".</param>
public readonly record struct KappaInterval(Interval Interval, string Unit)
{
    // Images added to each split, to the two outcomes of exactly one entry being right and the two of neither or both.
    private const double Added = 2;

    // Keeps Fisher's transformation finite.
    private const double LargestKappa = 1 - 1e-12;

    /// <summary>Computes the interval of a pair; null if kappa is not defined.</summary>
    /// <remarks>
    /// kappa is linearised: an image of class k adds w ((m - mean m)/(1 - e) - (1 - o)/(1 - e)² ((2b - 1)(x - mean x) +
    /// (2a - 1)(y - mean y))), with its weight w, x and y whether each entry is right, m whether both or neither are, and means
    /// over the class. V is the variance of the sum, by <see cref="ClusterStrata.ComputeVariance"/> or per image and class. It is
    /// never below that per image with two images added to each split, divided evenly among its classes and the four outcomes,
    /// because V of few different images is too small. The limits are tanh(artanh kappa ± t sqrt(V)/(1 - kappa²)) (Fisher),
    /// with kappa of the images including the added ones, widened to contain the observed kappa.
    /// </remarks>
    public static KappaInterval? Compute(ConsistencyLayout layout, EncodedCorrectness first, EncodedCorrectness second)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var observed = layout.Compute(first, second);
        if (observed.Kappa is not { } kappa)
        {
            return null;
        }

        var counts = OutcomeCounts.Count(layout, first, second);
        var images = counts.Add(Added);
        var perImage = images.ComputeVariance();
        var byCluster = layout.Strata is null ? null : ComputeByCluster(layout, first, second, counts);
        var error = Math.Max(Wilson.Normal975 * Math.Sqrt(perImage), byCluster is { } variance ? variance.HalfWidth : 0);
        var centre = Math.Clamp(images.Consistency.Kappa ?? kappa, -LargestKappa, LargestKappa);
        var (middle, half) = (Math.Atanh(centre), error / (1 - (centre * centre)));
        var interval = new Interval(Math.Min(kappa, Math.Tanh(middle - half)), Math.Max(kappa, Math.Tanh(middle + half)));
        return new KappaInterval(interval, byCluster is null ? "image" : Clusters.DescribeUnit(layout.Clusters!));
    }

    /// <summary>The variance by cluster over all splits; null if a stratum has only one cluster.</summary>
    private static ClusterVariance? ComputeByCluster(
        ConsistencyLayout layout,
        EncodedCorrectness first,
        EncodedCorrectness second,
        OutcomeCounts counts
    )
    {
        var terms = new List<ClusterVariance>();
        for (var split = 0; split < layout.Maps.Count; split++)
        {
            var values = ComputeClusterValues(layout, split, first.Bits[split], second.Bits[split], counts);
            if (layout.Strata![split].ComputeVariance(values) is not { } variance)
            {
                return null;
            }

            terms.Add(variance);
        }

        return ClusterVariance.Sum(terms);
    }

    private static double[] ComputeClusterValues(ConsistencyLayout layout, int split, ulong[] first, ulong[] second, OutcomeCounts counts)
    {
        var (map, labels, clusters) = (layout.Maps[split], layout.GetLabels(split), layout.Clusters![split]);
        var influences = counts.ComputeInfluences(split);
        var values = new double[clusters.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            var outcome = (map.IsCorrect(first, i) ? 1 : 0) + (map.IsCorrect(second, i) ? 2 : 0);
            values[clusters.Ids[i]] += influences[labels[i]][outcome];
        }

        return values;
    }
}
