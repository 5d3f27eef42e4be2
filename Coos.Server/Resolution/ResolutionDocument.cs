using System.Text.Json.Serialization;

namespace Coos.Server.Resolution;

/// <summary>What a benchmark can tell apart: the smallest difference of two entries that its paired test shows.</summary>
public sealed record ResolutionDocument
{
    /// <summary>The benchmark's slug.</summary>
    public required string Benchmark { get; init; }

    /// <summary>The answer in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>The error of the better entry for which <c>smallestDifference</c> holds, 0..1.</summary>
    public required double Error { get; init; }

    /// <summary>The correlation of the two entries' errors for which <c>smallestDifference</c> holds, 0..1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The probability that the test shows a difference of this size, 0..1.</summary>
    public required double Power { get; init; }

    /// <summary>The level of the test of one pair, 0..1.</summary>
    public required double Level { get; init; }

    /// <summary>The number of entries for which <c>holmLevel</c> holds.</summary>
    public required int Entries { get; init; }

    /// <summary>The level that Holm's method leaves for the first of all pairs of so many entries, 0..1.</summary>
    public required double HolmLevel { get; init; }

    /// <summary>The difference that does not matter, 0..1, from the manifest; absent if it names none.</summary>
    public double? Margin { get; init; }

    /// <summary>The test splits, in the order of the manifest.</summary>
    public required IReadOnlyList<SplitResolution> Splits { get; init; }

    /// <summary>What is compared: "image", "well" or "plate"; "cluster" if splits differ.</summary>
    [JsonIgnore]
    public string Unit => FindUnit(Splits);

    /// <summary>The mean over the ranking splits; absent if the number of images of one of them is not known.</summary>
    public RankingResolution? Ranking { get; init; }

    /// <summary>Finds what is compared on some splits.</summary>
    internal static string FindUnit(IEnumerable<SplitResolution> splits) =>
        splits.Select(s => s.Cluster).OfType<string>().Distinct().ToList() switch
        {
            [] => "image",
            [var only] => only,
            _ => "cluster",
        };
}

/// <summary>Where the numbers of a design come from.</summary>
public enum DesignSource
{
    /// <summary>The labels.</summary>
    Labels,

    /// <summary>
    /// The number of images, with classes of equal size and 16 clusters per class: for guarded benchmarks, whose labels are secret,
    /// for splits without labels, and for splits with secret labels until the first entry is scored.
    /// </summary>
    Assumed,
}

/// <summary>Where an intra-class correlation comes from.</summary>
public enum CorrelationSource
{
    /// <summary>The errors of the benchmark's baselines.</summary>
    Baselines,

    /// <summary>Assumed: the numbers are given for 0.02 and for 0.1.</summary>
    Assumed,

    /// <summary>The benchmark or its labels name no clusters, so images count as independent.</summary>
    Independent,
}

/// <summary>What a split can tell apart.</summary>
public sealed record SplitResolution
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images that scores are of; absent if it is not known.</summary>
    public int? Images { get; init; }

    /// <summary>What the clusters are, <c>well</c> or <c>plate</c>; absent if images are independent.</summary>
    public string? Cluster { get; init; }

    /// <summary>The number of clusters; absent if images are independent or the design is assumed.</summary>
    public int? Clusters { get; init; }

    /// <summary>
    /// The correlation of the errors of two images of one class and cluster, 0..1, that <c>smallestDifference</c> is computed with: of
    /// two assumed ones the larger. Absent if images are independent.
    /// </summary>
    public double? Icc { get; init; }

    /// <summary>The same of two images of different classes of one cluster; absent if each cluster holds one class.</summary>
    public double? IccBetweenClasses { get; init; }

    /// <summary>Where the correlations come from.</summary>
    public required CorrelationSource IccSource { get; init; }

    /// <summary>Where classes and clusters come from.</summary>
    public required DesignSource Design { get; init; }

    /// <summary>The degrees of freedom of the test; absent if images are independent.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>
    /// The smallest difference, 0..1, at <c>error</c> and <c>agreement</c>; absent if none is shown with the wanted power.
    /// </summary>
    public double? SmallestDifference { get; init; }

    /// <summary>The smallest p that sign flips of whole clusters can have, 2^-clusters; absent if images are independent.</summary>
    public double? SmallestP { get; init; }

    /// <summary>What limits these numbers; absent if nothing does.</summary>
    public string? Note { get; init; }

    /// <summary>The smallest differences for other errors and agreements.</summary>
    public required IReadOnlyList<ResolutionRow> Table { get; init; }
}

/// <summary>What the mean over the ranking splits can tell apart.</summary>
public sealed record RankingResolution
{
    /// <summary>The ranking splits.</summary>
    public required IReadOnlyList<string> Splits { get; init; }

    /// <summary>The number of clusters of all ranking splits; absent if images of one of them are independent.</summary>
    public int? Clusters { get; init; }

    /// <summary>The degrees of freedom of the test; absent if images are independent.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>The smallest difference, 0..1, at <c>error</c> and <c>agreement</c>; absent if none is shown.</summary>
    public double? SmallestDifference { get; init; }

    /// <summary>The smallest p that sign flips of whole clusters can have; absent if images are independent.</summary>
    public double? SmallestP { get; init; }

    /// <summary>The smallest differences for other errors and agreements.</summary>
    public required IReadOnlyList<ResolutionRow> Table { get; init; }

    /// <summary>How much larger the test sets would have to be for smaller differences.</summary>
    public required IReadOnlyList<NeededSize> Needed { get; init; }
}

/// <summary>A row of a table of smallest differences.</summary>
/// <param name="Icc">The correlation within clusters, 0..1; absent for independent images and for means of several.</param>
/// <param name="Assumption">Of two assumed correlations <c>low</c> or <c>high</c>; absent if they are not assumed.</param>
/// <param name="Error">The error of the better entry, 0..1.</param>
/// <param name="Agreement">The correlation of the two entries' errors, 0..1.</param>
/// <param name="SmallestDifference">The smallest difference at 5%, 0..1; absent if none is shown.</param>
/// <param name="SmallestDifferenceHolm">The same at the level that Holm's method leaves for the first of all pairs of the board.</param>
public sealed record ResolutionRow(
    double? Icc,
    CorrelationAssumption? Assumption,
    double Error,
    double Agreement,
    double? SmallestDifference,
    double? SmallestDifferenceHolm
);

/// <summary>One of the two correlations that are assumed where none is known.</summary>
public enum CorrelationAssumption
{
    /// <summary>0.02: images of a cluster are nearly independent.</summary>
    Low,

    /// <summary>0.1: images of a cluster are clearly alike.</summary>
    High,
}

/// <summary>How much larger the test sets would have to be to show a difference.</summary>
/// <param name="Difference">The difference, 0..1.</param>
/// <param name="Times">How many times as many clusters of the same size; images if they are independent.</param>
public sealed record NeededSize(double Difference, double Times);
