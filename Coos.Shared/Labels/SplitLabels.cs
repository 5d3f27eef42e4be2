namespace Coos.Shared.Labels;

/// <summary>The labels of one split: its images, the class of each, and what else the label file says of them.</summary>
/// <remarks>All vectors have one entry per image, in the order of <see cref="Images"/>.</remarks>
public sealed record SplitLabels
{
    /// <summary>The images.</summary>
    public required ImageIndex Images { get; init; }

    /// <summary>The class index of each image.</summary>
    public required ushort[] Classes { get; init; }

    /// <summary>The further columns, in the order of <see cref="MetadataColumn.CompareNames"/>.</summary>
    public IReadOnlyList<MetadataColumn> Columns { get; init; } = [];

    /// <summary>The plate of each image; null if the labels have none.</summary>
    public IReadOnlyList<string>? Plates => Find(MetadataColumn.Plate);

    /// <summary>The well of each image; null if the labels have none.</summary>
    public IReadOnlyList<string>? Wells => Find(MetadataColumn.Well);

    /// <summary>
    /// The hash, "sha256:...", of the canonical label file (<see cref="LabelFile.Write"/>). It does not depend on the order,
    /// quoting or compression of the file that was read.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The values of a column; null if the labels do not have it.</summary>
    /// <param name="column">The name of the column.</param>
    public IReadOnlyList<string>? Find(string column) => Columns.FirstOrDefault(c => c.Name == column)?.Values;

    /// <summary>Replaces a column, or adds it.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="values">The value of each image; null to remove the column.</param>
    public SplitLabels With(string name, IReadOnlyList<string>? values)
    {
        List<MetadataColumn> columns = [.. Columns.Where(c => c.Name != name)];
        if (values is not null)
        {
            columns.Add(new MetadataColumn(name, values));
        }

        columns.Sort((a, b) => MetadataColumn.CompareNames(a.Name, b.Name));
        return this with { Columns = columns };
    }
}
