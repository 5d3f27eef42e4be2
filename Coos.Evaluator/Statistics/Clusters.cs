using Coos.Shared.Labels;

namespace Coos.Evaluator.Statistics;

/// <summary>The clusters of a split's images. Images from the same well or plate are dependent.</summary>
/// <param name="Kind">The label column that names them: "well", "plate" or another one.</param>
/// <param name="Ids">The cluster of each image, in the order of the labels: 0, 1, ... by first appearance.</param>
/// <param name="Count">The number of clusters.</param>
public sealed record Clusters(string Kind, int[] Ids, int Count)
{
    /// <summary>
    /// Whether the clusters are wells of known plates, of which there are too few: statements hold for these plates, not for others.
    /// </summary>
    public bool AreOfThesePlatesOnly { get; init; }

    /// <summary>Creates the clusters of a label column; null if the manifest names none or the labels do not have it.</summary>
    /// <remarks>
    /// Different plates use the same well names, such as H07. If the labels have plates, a cluster is a pair of plate and
    /// well.
    /// </remarks>
    public static Clusters? From(SplitLabels labels, string? kind)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (kind is null || labels.Find(kind) is not { } names)
        {
            return null;
        }

        var plates = kind == MetadataColumn.Well ? labels.Plates : null;
        var known = new Dictionary<(string?, string), int>();
        var ids = new int[names.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var key = (plates?[i], names[i]);
            if (!known.TryGetValue(key, out ids[i]))
            {
                known[key] = ids[i] = known.Count;
            }
        }

        return new Clusters(kind, ids, known.Count);
    }

    /// <summary>Names the unit of clusters of several splits: "well", "plate", or "well or plate" if they differ.</summary>
    internal static string DescribeUnit(IEnumerable<Clusters> splits) => DescribeUnit(splits.Select(c => c.Kind));

    /// <inheritdoc cref="DescribeUnit(IEnumerable{Clusters})"/>
    internal static string DescribeUnit(IEnumerable<string> kinds) => string.Join(" or ", kinds.Distinct());

    /// <summary>
    /// Creates the outermost clusters that intervals and tests can use. Wells of one plate are alike, so wells give way to plates if
    /// every class is on at least five plates (<see cref="ClusterIntervals.MinClusters"/>). With fewer plates the wells are used, and
    /// <see cref="AreOfThesePlatesOnly"/> says so.
    /// </summary>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="kind">The benchmark's <c>cluster</c>: the name of a label column, or null.</param>
    /// <returns>The clusters; null if the manifest or the labels have none.</returns>
    public static Clusters? Outermost(SplitLabels labels, string? kind)
    {
        var clusters = From(labels, kind);
        if (clusters is null || kind != MetadataColumn.Well || From(labels, MetadataColumn.Plate) is not { } plates)
        {
            return clusters;
        }

        var places = labels.Classes.Zip(plates.Ids).Distinct().GroupBy(p => p.First);
        return places.All(p => p.Count() >= ClusterIntervals.MinClusters) ? plates : clusters with { AreOfThesePlatesOnly = true };
    }

    /// <summary>The plural of a unit of <see cref="DescribeUnit(IEnumerable{string})"/>: "wells or plates".</summary>
    public static string Pluralize(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Replace(" or ", "s or ", StringComparison.Ordinal) + "s";
    }
}
