using Coos.Shared.Labels;

namespace Coos.Shared.Datasets;

/// <summary>Reads the labels of a dataset: image ids, labels, plates and wells.</summary>
public static class DatasetLabels
{
    private static readonly System.Buffers.SearchValues<char> LineEnds = System.Buffers.SearchValues.Create("\n\r\v\f\u0085\u2028\u2029\0");

    /// <summary>Reads the labels of an image set without reading its images.</summary>
    /// <param name="set">The set.</param>
    /// <param name="classes">The number of classes, if known.</param>
    /// <param name="cluster">The vector that groups dependent images, used as wells; <c>wells</c> or <c>well</c> by default.</param>
    /// <exception cref="DatasetException">The set has no labels, a label is not a class, or the vector is missing.</exception>
    public static SplitLabels Read(ImageSet set, int? classes = null, string? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        var labels = set.ReadLabels(classes) ?? throw new DatasetException(set.Source, ImageSet.LabelVector, null, "there are no labels");
        var (plateName, wellName) = (Find(set, CoosLayout.PlateVectors), cluster ?? Find(set, CoosLayout.WellVectors));
        var plates = plateName is null ? null : set.ReadVector(plateName);
        var wells = wellName is null ? null : set.ReadVector(wellName);
        var rows = new LabelRows([
            .. plates is null ? (string[])[] : [MetadataColumn.Plate],
            .. wells is null ? (string[])[] : [MetadataColumn.Well],
        ]);
        for (var i = 0; i < labels.Length; i++)
        {
            RequireOneLine(set, null, i, set.Id(i));
            RequireOneLine(set, plateName, i, plates?[i]);
            RequireOneLine(set, wellName, i, wells?[i]);
            rows.TryAdd(
                set.Id(i),
                labels[i],
                [.. plates is null ? [] : (string[])[plates[i]], .. wells is null ? [] : (string[])[wells[i]]]
            );
        }

        return rows.ToLabels();
    }

    /// <summary>Rejects a field that would span lines in a label file, which no program that reads line by line understands.</summary>
    private static void RequireOneLine(ImageSet set, string? vector, int index, string? field)
    {
        if (field is not null && field.AsSpan().IndexOfAny(LineEnds) >= 0)
        {
            var shown = field.ReplaceLineEndings("\\n").Replace("\0", "\\0", StringComparison.Ordinal);
            var what = vector is null ? "its id" : "the entry";
            throw new DatasetException(set.Source, vector, index, $"{what} \"{shown}\" has a line break or NUL; write it without");
        }
    }

    private static string? Find(ImageSet set, IReadOnlyList<string> names) => names.FirstOrDefault(set.VectorNames.Contains);
}
