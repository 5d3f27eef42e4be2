using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>What a prediction file is checked against: the images of its split and the classes, but not the labels.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Images">The split's images.</param>
/// <param name="Classes">The benchmark's classes.</param>
public sealed record PredictionTarget(string Split, ImageIndex Images, ClassNames Classes)
{
    /// <summary>The images of the benchmark's other splits by name, to detect a file that was sent for the wrong split.</summary>
    public IReadOnlyDictionary<string, ImageIndex> OtherSplits { get; init; } = new Dictionary<string, ImageIndex>();

    /// <summary>The name of the file in problems; the split's name by default.</summary>
    public string File { get; init; } = Split;

    /// <summary>The maximum number of bytes of text.</summary>
    public long MaximumBytes { get; init; } = long.MaxValue;
}
