using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;

namespace Coos.Shared.Predictions;

/// <summary>What a prediction file is checked against: the images of its split and the classes. No label is known here.</summary>
/// <param name="Split">The split's name, by which problems name the file.</param>
/// <param name="Images">The split's images.</param>
/// <param name="Classes">The benchmark's classes.</param>
public sealed record PredictionTarget(string Split, ImageIndex Images, ClassNames Classes)
{
    /// <summary>The images of the benchmark's other splits by name, to recognise a file that was sent for the wrong one.</summary>
    public IReadOnlyDictionary<string, ImageIndex> OtherSplits { get; init; } = new Dictionary<string, ImageIndex>();

    /// <summary>How problems name the file; the split's name where not set.</summary>
    public string File { get; init; } = Split;

    /// <summary>The most bytes of text that are read.</summary>
    public long MaximumBytes { get; init; } = long.MaxValue;
}
