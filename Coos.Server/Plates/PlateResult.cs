using Coos.Evaluator.Plates;
using Coos.Shared.Benchmarks;

namespace Coos.Server.Plates;

/// <summary>The errors by well of an entry, or of the mean of a board, on one split.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Class">The true class whose images are counted; null for all.</param>
/// <param name="Counts">The images and errors of each well.</param>
/// <param name="Tests">The tests of edge, rows and columns.</param>
public sealed record PlateResult(Benchmark Benchmark, string Split, ClassLabel? Class, WellCounts Counts, IReadOnlyList<PositionTest> Tests)
{
    /// <summary>What the errors are of: the method and its submitter, or "Mean of 19 entries".</summary>
    public required string Subject { get; init; }

    /// <summary>The number of entries of which it is the mean; null for a single entry.</summary>
    public int? Entries { get; init; }

    /// <summary>The number of images in wells.</summary>
    public int Images => Counts.Images.Sum();

    /// <summary>Whether a well has a position, so that there is a plate to draw.</summary>
    public bool HasMap => Counts.Map.Plates.Any(p => p.Format is not null);

    /// <summary>Whether the labels name the plates.</summary>
    public bool HasNamedPlates => Counts.Map.Plates.Any(p => p.Name is not null);

    /// <summary>What the tests show, in a sentence or two.</summary>
    public string Summary => PlateSummary.Describe(Tests);

    /// <summary>The document of the API.</summary>
    public PlateDocument ToDocument() => PlateDocument.Create(this);
}
