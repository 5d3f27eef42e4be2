namespace Coos.Evaluator.Statistics;

/// <summary>The name of the method of an interval by cluster, in the API and on pages.</summary>
public static class IntervalMethod
{
    /// <summary>Separates the method from a doubt about one interval.</summary>
    public const string DoubtSeparator = "; too few ";

    /// <summary>
    /// Describes a method: "by well (Korn and Graubard)", with "for these plates only" if other plates may differ, and "too few wells
    /// with errors, so it is probably too narrow" if <see cref="ClusterIntervals.HasTooFewClusters"/>.
    /// </summary>
    public static string Describe(Clusters clusters, ClusterIntervals intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        return Describe(clusters, "Korn and Graubard", intervals.HasTooFewClusters);
    }

    /// <summary>Describes a method.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="source">The method in a few words, or its authors.</param>
    /// <param name="hasTooFewClusters">Whether too few clusters have errors.</param>
    public static string Describe(Clusters clusters, string source, bool hasTooFewClusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var scope = clusters.AreOfThesePlatesOnly ? ", for these plates only" : "";
        var doubt = hasTooFewClusters ? $"{DoubtSeparator}{clusters.Kind}s with errors, so it is probably too narrow" : "";
        return $"by {clusters.Kind} ({source}){scope}{doubt}";
    }

    /// <summary>Returns the method without the doubt about one interval.</summary>
    public static string RemoveDoubt(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var end = method.IndexOf(DoubtSeparator, StringComparison.Ordinal);
        return end < 0 ? method : method[..end];
    }
}
