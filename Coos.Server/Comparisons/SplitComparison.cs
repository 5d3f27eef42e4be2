using System.Text.Json.Serialization;
using Coos.Evaluator.Metrics;

namespace Coos.Server.Comparisons;

/// <summary>Two entries on one split. Where their predictions cannot be paired, <see cref="Note"/> says why and there is no test.</summary>
public sealed record SplitComparison
{
    /// <summary>The split's name.</summary>
    public required string Split { get; init; }

    /// <summary>The number of images; absent where it is not known.</summary>
    public int? Images { get; init; }

    /// <summary>A's balanced error, 0..1; absent where A has none.</summary>
    public double? BalancedErrorA { get; init; }

    /// <summary>B's balanced error, 0..1; absent where B has none.</summary>
    public double? BalancedErrorB { get; init; }

    /// <summary>A's balanced error minus B's, -1..1: negative where A is better. Absent unless both have one.</summary>
    public double? Difference { get; init; }

    /// <summary>Why the predictions are not compared image by image; absent where they are.</summary>
    public string? Note { get; init; }

    /// <summary>The paired test; absent where there is none.</summary>
    public PairedResult? Paired { get; init; }
}

/// <summary>What the comparison image by image says.</summary>
public sealed record PairedResult
{
    /// <summary>The 95% interval of the difference, lower and upper.</summary>
    public required double[] DifferenceInterval { get; init; }

    /// <summary>The two-sided p of no difference, a mid-p.</summary>
    public required double P { get; init; }

    /// <summary>p adjusted by Holm for the splits that are tested; absent for the training split.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>Which is better at an adjusted p of at most 5%: <c>a</c> or <c>b</c>; absent where they cannot be told apart.</summary>
    public Side? Better { get; init; }

    /// <summary>How interval and p were made, in words.</summary>
    public required string Method { get; init; }

    /// <summary>A's accuracy minus B's, -1..1.</summary>
    public required double AccuracyDifference { get; init; }

    /// <summary>The exact p of McNemar's test of plain accuracy, images taken as independent.</summary>
    public required double McNemarP { get; init; }

    /// <summary>The same as a mid-p, which is less cautious where few images are discordant.</summary>
    public required double McNemarMidP { get; init; }

    /// <summary>The hash of the labels that both were compared with: those that count now.</summary>
    public required string LabelsHash { get; init; }

    /// <summary>How the intervals of the classes' differences were made, in words.</summary>
    public required string ClassMethod { get; init; }

    /// <summary>Where they agree and disagree.</summary>
    public required Agreement Images { get; init; }

    /// <summary>Each class.</summary>
    public required IReadOnlyList<ClassComparison> Classes { get; init; }

    /// <summary>K x K: A's confusion matrix minus B's, <c>[true class][predicted class]</c>, in images.</summary>
    public required int[][] ConfusionDifference { get; init; }

    /// <summary>Cell by cell, for pages.</summary>
    [JsonIgnore]
    public PairedConfusion Cells { get; init; } = null!;

    /// <summary>The confusion matrices, A's and B's, for pages.</summary>
    [JsonIgnore]
    public (int[][] A, int[][] B) Matrices { get; init; }
}

/// <summary>Numbers of images.</summary>
/// <param name="BothRight">Both predict the true class.</param>
/// <param name="OnlyA">A does, B does not.</param>
/// <param name="OnlyB">B does, A does not.</param>
/// <param name="BothWrong">Neither does.</param>
public sealed record Agreement(int BothRight, int OnlyA, int OnlyB, int BothWrong);

/// <summary>Two entries on one class of a split.</summary>
/// <param name="Index">The class index.</param>
/// <param name="Name">The class name.</param>
/// <param name="Images">Its images, and what each is right about.</param>
/// <param name="SensitivityA">A's sensitivity, 0..1; null where the split has no image of the class.</param>
/// <param name="SensitivityB">B's sensitivity, 0..1.</param>
/// <param name="Difference">A's sensitivity minus B's: positive where A recognises more.</param>
/// <param name="DifferenceInterval">Its 95% interval, for this class by itself.</param>
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
    /// <summary>The first.</summary>
    A,

    /// <summary>The second.</summary>
    B,
}
