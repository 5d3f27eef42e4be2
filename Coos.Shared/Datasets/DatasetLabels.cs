using Coos.Shared.Labels;

namespace Coos.Shared.Datasets;

/// <summary>Reads the labels of a dataset: image ids, labels, plates and wells.</summary>
public static class DatasetLabels
{
    /// <summary>Reads the labels of an image set without reading its images.</summary>
    /// <param name="set">The set.</param>
    /// <param name="classes">The number of classes, if known.</param>
    /// <param name="cluster">The vector that groups dependent images, used as wells; <c>wells</c> or <c>well</c> by default.</param>
    /// <exception cref="DatasetException">The set has no labels, a label is not a class, or the vector is missing.</exception>
    public static SplitLabels Read(ImageSet set, int? classes = null, string? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        var labels = set.ReadLabels(classes) ?? throw new DatasetException(set.Source, ImageSet.LabelVector, null, "there are no labels");
        var plates = Find(set, CoosLayout.PlateVectors) is { } plate ? set.ReadVector(plate) : null;
        var wells = (cluster ?? Find(set, CoosLayout.WellVectors)) is { } well ? set.ReadVector(well) : null;
        var rows = new LabelRows(plates is not null, wells is not null);
        for (var i = 0; i < labels.Length; i++)
        {
            rows.TryAdd(set.Id(i), labels[i], plates?[i] ?? "", wells?[i] ?? "");
        }

        return rows.ToLabels();
    }

    private static string? Find(ImageSet set, IReadOnlyList<string> names) => names.FirstOrDefault(set.VectorNames.Contains);
}
