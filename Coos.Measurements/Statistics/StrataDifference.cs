using Coos.Evaluator.Statistics;

namespace Coos.Measurements.Statistics;

/// <summary>
/// The difference of two entries with its error by the strata of clusters: the variance between clusters in each connected component
/// of classes and clusters, never below the variance per image.
/// </summary>
/// <param name="Value">The balanced error of the second entry minus that of the first.</param>
/// <param name="Error">Its standard error and degrees of freedom.</param>
/// <param name="Discordance">The share of discordant images.</param>
internal readonly record struct StrataDifference(double Value, DifferenceError Error, double Discordance)
{
    /// <summary>Computes the difference from a comparison, which has the contribution of each cluster.</summary>
    public static StrataDifference Compute(PairedOutcomes outcomes, ClusterStrata? strata, byte[] first, byte[] second)
    {
        var (actual, clusters) = (outcomes.Actual, outcomes.Wells);
        var images = PairedComparison.Compute(actual, first, second, outcomes.ClassCount);
        if (clusters is null || strata is null)
        {
            return new StrataDifference(images.Difference, images.Error, images.Discordance);
        }

        var sizes = new int[outcomes.ClassCount];
        foreach (var k in actual)
        {
            sizes[k]++;
        }

        var values = new double[clusters.Count];
        for (var i = 0; i < actual.Length; i++)
        {
            var k = actual[i];
            var more = (first[i] == k ? 1 : 0) - (second[i] == k ? 1 : 0);
            var mean = (double)(images.OnlyFirst[k] - images.OnlySecond[k]) / sizes[k];
            values[clusters.Ids[i]] += (more - mean) / sizes[k] / outcomes.ClassCount;
        }

        var byCluster = strata.ComputeVariance(values)!.Value;
        var error = new DifferenceError(Math.Sqrt(byCluster.Variance), byCluster.Degrees);
        return new StrataDifference(
            images.Difference,
            error.ComputeHalfWidth(0.95) > images.Error.ComputeHalfWidth(0.95) ? error : images.Error,
            images.Discordance
        );
    }
}
