namespace Coos.Shared.Labels;

/// <summary>The labels of one split: its images, the class of each, and its plate and well if known.</summary>
/// <remarks>All vectors have one entry per image, in the order of <see cref="Images"/>.</remarks>
public sealed record SplitLabels
{
    /// <summary>The images.</summary>
    public required ImageIndex Images { get; init; }

    /// <summary>The class index of each image.</summary>
    public required byte[] Classes { get; init; }

    /// <summary>The plate of each image; null if the labels have none.</summary>
    public IReadOnlyList<string>? Plates { get; init; }

    /// <summary>The well of each image; null if the labels have none.</summary>
    public IReadOnlyList<string>? Wells { get; init; }

    /// <summary>
    /// The hash, "sha256:...", of the canonical label file (<see cref="LabelFile.Write"/>). It does not depend on the order,
    /// quoting or compression of the file that was read.
    /// </summary>
    public required string Hash { get; init; }
}
