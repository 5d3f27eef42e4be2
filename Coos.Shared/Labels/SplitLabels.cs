namespace Coos.Shared.Labels;

/// <summary>The truth of one split: which images it has, the class of each, and where known its plate and well.</summary>
/// <remarks>All vectors have one entry an image, in the order of <see cref="Images"/>.</remarks>
public sealed record SplitLabels
{
    /// <summary>The images.</summary>
    public required ImageIndex Images { get; init; }

    /// <summary>The class index of each image.</summary>
    public required byte[] Classes { get; init; }

    /// <summary>The plate of each image; null where the labels name none.</summary>
    public IReadOnlyList<string>? Plates { get; init; }

    /// <summary>The well of each image; null where the labels name none.</summary>
    public IReadOnlyList<string>? Wells { get; init; }

    /// <summary>
    /// "sha256:..." of the canonical label file (<see cref="LabelFile.Write"/>): the same for the same labels, whatever
    /// the order, quoting or compression of the file that they were read from.
    /// </summary>
    public required string Hash { get; init; }
}
