using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A class that is taken for another.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">What it is taken for.</param>
/// <param name="Count">How many of its images.</param>
/// <param name="Images">Of how many.</param>
/// <param name="Before">The share of the matrix that this one is set against; null where it stands alone.</param>
internal sealed record Mistake(ClassLabel Actual, ClassLabel Predicted, int Count, int Images, double? Before)
{
    /// <summary>How many are named.</summary>
    public const int Shown = 5;

    /// <summary>The share of the true class's images, 0..1.</summary>
    public double Share => (double)Count / Images;

    /// <summary>By how much the share is larger than before.</summary>
    public double More => Share - (Before ?? 0);

    /// <summary>How often, in words: what follows "A taken for B".</summary>
    public string HowOften => Before is { } before
        ? $"in {Percent.Of(Share)}% of the images instead of {Percent.Of(before)}% ({Percent.Signed(More)} points)"
        : string.Create(CultureInfo.InvariantCulture, $"in {Count:N0} of {Images:N0} images ({Percent.Of(Share)}%)");

    /// <summary>The most frequent mistakes of a matrix, or those that are more frequent than in another, by how much.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">The matrix that it is set against; null where it stands alone.</param>
    public static IReadOnlyList<Mistake> Most(IReadOnlyList<ClassLabel> classes, int[][] counts, int[][]? before) =>
    [
        .. (from actual in classes
            from predicted in classes
            where actual.Index != predicted.Index && counts[actual.Index][predicted.Index] > 0
            where before is null || before[actual.Index].Sum() > 0
            let mistake = new Mistake(
                actual,
                predicted,
                counts[actual.Index][predicted.Index],
                counts[actual.Index].Sum(),
                before is null ? null : CellShares.Rate(before, actual.Index, predicted.Index))
            where mistake.More > 0
            orderby mistake.More descending, actual.Index, predicted.Index
            select mistake).Take(Shown),
    ];
}
