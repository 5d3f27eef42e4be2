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
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(intervals);
        var scope = clusters.AreOfThesePlatesOnly ? ", for these plates only" : "";
        var doubt = intervals.HasTooFewClusters ? $"{DoubtSeparator}{clusters.Kind}s with errors, so it is probably too narrow" : "";
        return $"by {clusters.Kind} (Korn and Graubard){scope}{doubt}";
    }

    /// <summary>Returns the method without the doubt about one interval.</summary>
    public static string RemoveDoubt(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var end = method.IndexOf(DoubtSeparator, StringComparison.Ordinal);
        return end < 0 ? method : method[..end];
    }
}
