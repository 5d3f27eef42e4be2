using Coos.Shared.Labels;

namespace Coos.Evaluator.Statistics;

/// <summary>Which images of a split belong together: those of a well or of a plate are alike.</summary>
/// <param name="Kind">"well" or "plate", as the manifest says.</param>
/// <param name="Ids">The cluster of each image, in the order of the labels: 0, 1, ... by first appearance.</param>
/// <param name="Count">The number of clusters.</param>
public sealed record Clusters(string Kind, int[] Ids, int Count)
{
    /// <summary>The clusters that a benchmark's manifest chose; null where it chose none or the labels do not name them.</summary>
    /// <remarks>Well H07 of one plate is not H07 of another: where the labels name plates too, a well is the pair.</remarks>
    public static Clusters? Of(SplitLabels labels, string? kind)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var names = kind switch { "well" => labels.Wells, "plate" => labels.Plates, _ => null };
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
