using Coos.Shared.Datasets;

namespace Coos.Baselines.Deep.Inpainting;

/// <summary>The pairs of cells of the same protein.</summary>
internal sealed class PciPairs
{
    private readonly int[][] _partners;

    private PciPairs(string pairedBy, int[][] groups, int images)
    {
        PairedBy = pairedBy;
        _partners = new int[images][];
        foreach (var group in groups)
        {
            foreach (var image in group)
            {
                _partners[image] = group;
            }
        }

        Sources = [.. Enumerable.Range(0, images).Where(i => _partners[i].Length > 1)];
    }

    /// <summary>The names of the columns that pairs have in common, as text.</summary>
    public string PairedBy { get; }

    /// <summary>The images with a partner.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>Creates the pairs of a set.</summary>
    /// <param name="set">The training images.</param>
    /// <param name="by">
    /// <c>auto</c>: the well if known, otherwise the class; <c>class</c>; <c>plate</c>: class and plate; <c>well</c>, with its plate
    /// if wells of several plates share names; or the name of a vector.
    /// </param>
    /// <exception cref="DatasetException">The set does not have the vector.</exception>
    /// <exception cref="BaselineException">No image has a partner.</exception>
    public static PciPairs Create(ImageSet set, string by)
    {
        var well = Find(set, CoosLayout.WellVectors);
        string[] vectors = by switch
        {
            "auto" => well is null ? [ImageSet.LabelVector] : FindWellColumns(set, well),
            "class" => [ImageSet.LabelVector],
            "well" => FindWellColumns(set, well ?? throw Missing(set, by, CoosLayout.WellVectors)),

            // A plate has several proteins, so the class is needed too.
            "plate" => [ImageSet.LabelVector, Find(set, CoosLayout.PlateVectors) ?? throw Missing(set, by, CoosLayout.PlateVectors)],
            _ => [by],
        };
        if (vectors.FirstOrDefault(v => !set.VectorNames.Contains(v)) is { } missing)
        {
            throw Missing(set, missing, [missing]);
        }

        var groups = GroupImages(set, vectors);
        var pairs = new PciPairs(string.Join(" and ", vectors), groups, set.Shape.Count);
        return pairs.Sources.Count > 0
            ? pairs
            : throw new BaselineException(
                $"{set.Source}: no two images have the same {pairs.PairedBy}, so there are no pairs; choose another --pair-by"
            );
    }

    /// <summary>Draws another image of the same group, uniformly.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    /// <param name="random">The random numbers.</param>
    public int DrawPartner(int source, KeyedRandom random)
    {
        var group = _partners[source];
        var drawn = group[random.Index(group.Length - 1)];

        // The last image replaces the source itself; the draw left the last one out.
        return drawn == source ? group[^1] : drawn;
    }

    /// <summary>
    /// Finds the columns that identify a well. Names such as B03 occur on every plate, with another protein in each: if the plate,
    /// or otherwise the class, divides wells of the same name, it is needed too.
    /// </summary>
    private static string[] FindWellColumns(ImageSet set, string well)
    {
        string[] vectors = [well];
        string?[] further = [Find(set, CoosLayout.PlateVectors), Find(set, [ImageSet.LabelVector])];
        foreach (var vector in further.OfType<string>())
        {
            string[] finer = [vector, .. vectors];
            vectors = GroupImages(set, finer).Length > GroupImages(set, vectors).Length ? finer : vectors;
        }

        return vectors;
    }

    private static int[][] GroupImages(ImageSet set, string[] vectors)
    {
        var columns = vectors.Select(set.ReadVector).ToArray();
        var groups = Enumerable.Range(0, set.Shape.Count).GroupBy(i => string.Join('\t', columns.Select(c => c[i])));
        return [.. groups.Select(g => g.ToArray())];
    }

    private static string? Find(ImageSet set, IReadOnlyList<string> names) => names.FirstOrDefault(set.VectorNames.Contains);

    private static DatasetException Missing(ImageSet set, string by, IReadOnlyList<string> names) =>
        new(
            set.Source,
            null,
            null,
            $"pairs cannot be drawn by {by}: there is no vector {string.Join(" or ", names)}; "
                + $"the set has {(set.VectorNames.Count == 0 ? "none" : string.Join(", ", set.VectorNames))}"
        );
}
