using Coos.Shared.Labels;

namespace Coos.Evaluator.Statistics;

/// <summary>The clusters of a split's images. Images from the same well or plate are dependent.</summary>
/// <param name="Kind">"well" or "plate", as in the manifest.</param>
/// <param name="Ids">The cluster of each image, in the order of the labels: 0, 1, ... by first appearance.</param>
/// <param name="Count">The number of clusters.</param>
public sealed record Clusters(string Kind, int[] Ids, int Count)
{
    /// <summary>Creates the clusters of the kind in the manifest; null if the manifest or the labels have none.</summary>
    /// <remarks>
    /// Different plates use the same well names, such as H07. If the labels have plates, a cluster is a pair of plate and
    /// well.
    /// </remarks>
    public static Clusters? From(SplitLabels labels, string? kind)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var names = kind switch
        {
            "well" => labels.Wells,
            "plate" => labels.Plates,
            _ => null,
        };
        if (names is null)
        {
            return null;
        }

        var plates = kind == "well" ? labels.Plates : null;
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

        return new Clusters(kind!, ids, known.Count);
    }
}
