namespace Coos.Shared.Datasets.Neighbours;

/// <summary>
/// What an index of nearest training images was computed from. It is the first line of its file, as JSON after a number sign.
/// </summary>
public sealed record NeighbourHeader
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>The name of the features, with their options and version.</summary>
    public required string Features { get; init; }

    /// <summary>The number of features.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>The number of training images that each image has.</summary>
    public required int Neighbours { get; init; }

    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>The images of the split.</summary>
    public required ImageFingerprint Images { get; init; }

    /// <summary>The training images.</summary>
    public required ImageFingerprint Training { get; init; }
}
