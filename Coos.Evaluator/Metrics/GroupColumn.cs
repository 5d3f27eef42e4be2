using Coos.Shared.Labels;

namespace Coos.Evaluator.Metrics;

/// <summary>The groups of a split's images by the values of a label column.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Values">The values in natural order: 2 before 10. An image without a value is in no group.</param>
/// <param name="Ids">The group of each image: a position in <paramref name="Values"/>; -1 for an image in no group.</param>
public sealed record GroupColumn(string Name, IReadOnlyList<string> Values, int[] Ids)
{
    private const int None = -1;

    /// <summary>The positions of the images of each group.</summary>
    public IReadOnlyList<int[]> Images => field ??= Distribute();

    /// <summary>Finds the groups of a column; null if the labels do not have it, or no image has a value.</summary>
    /// <param name="labels">The labels of the split.</param>
    /// <param name="column">The name of the column.</param>
    public static GroupColumn? Find(SplitLabels labels, string column)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Find(column) is not { } names)
        {
            return null;
        }

        var values = Sort(names.Where(name => name.Length > 0));
        if (values.Length == 0)
        {
            return null;
        }

        var places = values.Select((value, place) => (value, place)).ToDictionary(v => v.value, v => v.place);
        return new GroupColumn(column, values, [.. names.Select(name => places.GetValueOrDefault(name, None))]);
    }

    /// <summary>Selects images. All groups remain, some of them without images.</summary>
    public GroupColumn Select(int[] positions) => this with { Ids = [.. positions.Select(i => Ids[i])] };

    /// <summary>The distinct values in natural order: 2 before 10, numbers before other values.</summary>
    public static string[] Sort(IEnumerable<string> values)
    {
        string[] distinct = [.. values.Distinct()];
        Array.Sort(distinct, Compare);
        return distinct;
    }

    private static int Compare(string first, string second) =>
        long.TryParse(first, out var a) && long.TryParse(second, out var b) && a != b ? a.CompareTo(b)
        : long.TryParse(first, out _) != long.TryParse(second, out _) ? (long.TryParse(first, out _) ? -1 : 1)
        : string.CompareOrdinal(first, second);

    private int[][] Distribute()
    {
        var images = new List<int>[Values.Count];
        for (var g = 0; g < images.Length; g++)
        {
            images[g] = [];
        }

        for (var i = 0; i < Ids.Length; i++)
        {
            if (Ids[i] != None)
            {
                images[Ids[i]].Add(i);
            }
        }

        return [.. images.Select(g => g.ToArray())];
    }
}
