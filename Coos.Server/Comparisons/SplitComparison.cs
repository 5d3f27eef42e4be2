using System.Text.Json.Serialization;
using Coos.Evaluator.Metrics;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>
/// A comparison of two entries on one split. If their predictions cannot be paired, there is no test and <see cref="Note"/>
/// says why.
/// </summary>
public sealed record SplitComparison
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images; absent if it is not known.</summary>
    public int? Images { get; init; }

    /// <summary>The metric that differences and tests are of; absent for the balanced error.</summary>
    public MetricId? Metric { get; init; }

    /// <summary>A's value of the metric; absent for the balanced error, or if A has none.</summary>
    public double? ValueA { get; init; }

    /// <summary>B's value of the metric; absent for the balanced error, or if B has none.</summary>
    public double? ValueB { get; init; }

    /// <summary>A's balanced error, 0..1; absent if A has none.</summary>
    public double? BalancedErrorA { get; init; }

    /// <summary>B's balanced error, 0..1; absent if B has none.</summary>
    public double? BalancedErrorB { get; init; }

    /// <summary>
    /// A's loss minus B's, negative if A is better: of the balanced error, or of <see cref="Metric"/>, where it is 1 - the value if higher
    /// values are better. Absent unless both have one.
    /// </summary>
    public double? Difference { get; init; }

    /// <summary>Why the predictions are not compared image by image; absent if they are.</summary>
    public string? Note { get; init; }

    /// <summary>The paired test; absent if the predictions are not compared.</summary>
    public PairedResult? Paired { get; init; }
}

/// <summary>The result of the comparison image by image.</summary>
public sealed record PairedResult
{
    /// <summary>The 95% interval of the difference, lower and upper.</summary>
    public required double[] DifferenceInterval { get; init; }

    /// <summary>The two-sided p of no difference. It is at most 5% if the interval does not contain 0.</summary>
    public required double P { get; init; }

    /// <summary>
    /// A second opinion: the two-sided mid-p of sign flips of images, wells or plates. It tests whether both entries are exchangeable.
    /// Absent for another metric than the balanced error.
    /// </summary>
    public double? SignFlipP { get; init; }

    /// <summary>The share of the variance that comes from one well or plate, 0..1; absent for independent images.</summary>
    public double? LargestClusterShare { get; init; }

    /// <summary>p adjusted by Holm for the number of tested splits; absent for the training split.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>The better entry if the adjusted p is at most 5%: <c>a</c> or <c>b</c>; absent if no difference is shown.</summary>
    public Side? Better { get; init; }

    /// <summary>What the intervals say about the benchmark's margin; absent without a margin and for the training split.</summary>
    public MarginVerdict? Verdict { get; init; }

    /// <summary>Whether the 90% interval is within ±margin; absent without a margin and for the training split.</summary>
    public bool? WithinMargin { get; init; }

    /// <summary>
    /// The 90% interval of the difference, lower and upper, for equivalence: with the variance that a difference of the margin would
    /// have, if it is larger. Absent without a margin.
    /// </summary>
    public double[]? EquivalenceInterval { get; init; }

    /// <summary>Whether both predict the same class for every image; absent if they do not.</summary>
    public bool? Identical { get; init; }

    /// <summary>The method of the interval and p, in words.</summary>
    public required string Method { get; init; }

    /// <summary>A's accuracy minus B's, -1..1.</summary>
    public required double AccuracyDifference { get; init; }

    /// <summary>The exact p of McNemar's test of plain accuracy, which treats images as independent.</summary>
    public required double McNemarP { get; init; }

    /// <summary>The mid-p of McNemar's test, which is less conservative if few images are discordant.</summary>
    public required double McNemarMidP { get; init; }

    /// <summary>The hash of the active labels, which both were compared with.</summary>
    public required string LabelsHash { get; init; }

    /// <summary>The method of the intervals of the class differences, in words.</summary>
    public required string ClassMethod { get; init; }

    /// <summary>The numbers of images on which they agree and disagree.</summary>
    public required Agreement Images { get; init; }

    /// <summary>The comparison for each class.</summary>
    public required IReadOnlyList<ClassComparison> Classes { get; init; }

    /// <summary>
    /// K x K: A's confusion matrix minus B's, <c>[true class][predicted class]</c>, in images; absent for more than 255 classes.
    /// </summary>
    public required int[][]? ConfusionDifference { get; init; }

    /// <summary>The paired counts, cell by cell, for pages.</summary>
    [JsonIgnore]
    public PairedConfusion Cells { get; init; } = null!;

    /// <summary>The confusion matrices, A's and B's, for pages.</summary>
    [JsonIgnore]
    public (ConfusionMatrix A, ConfusionMatrix B) Matrices { get; init; }
}

/// <summary>The numbers of images on which two entries agree and disagree.</summary>
/// <param name="BothRight">Both predict the true class.</param>
/// <param name="OnlyA">Only A predicts the true class.</param>
/// <param name="OnlyB">Only B predicts the true class.</param>
/// <param name="BothWrong">Neither predicts the true class.</param>
public sealed record Agreement(int BothRight, int OnlyA, int OnlyB, int BothWrong);

/// <summary>A comparison of two entries on one class of a split.</summary>
/// <param name="Index">The class index.</param>
/// <param name="Name">The class name.</param>
/// <param name="Images">The numbers of its images on which the entries agree and disagree.</param>
/// <param name="SensitivityA">A's sensitivity, 0..1; null if the split has no image of the class.</param>
/// <param name="SensitivityB">B's sensitivity, 0..1; null likewise.</param>
/// <param name="Difference">A's sensitivity minus B's; positive if A recognises more images.</param>
/// <param name="DifferenceInterval">Its 95% interval, not adjusted for the number of classes.</param>
public sealed record ClassComparison(
    int Index,
    string Name,
    Agreement Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? SensitivityA,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? SensitivityB,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Difference,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double[]? DifferenceInterval
);

/// <summary>One of two entries.</summary>
public enum Side
{
    /// <summary>The first entry.</summary>
    A,

    /// <summary>The second entry.</summary>
    B,
}
