using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A confusion: images of one class that are predicted as another.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Count">How many images of the true class are predicted so.</param>
/// <param name="Images">How many images the true class has.</param>
/// <param name="Before">The share in the matrix that this one is compared with; null without comparison.</param>
internal sealed record Mistake(ClassLabel Actual, ClassLabel Predicted, int Count, int Images, double? Before)
{
    /// <summary>How many confusions a list shows.</summary>
    public const int Shown = 5;

    /// <summary>The share of the true class's images, 0..1.</summary>
    public double Share => (double)Count / Images;

    /// <summary>By how much the share is larger than in the other matrix.</summary>
    public double More => Share - (Before ?? 0);

    /// <summary>How often, in words: what follows "A predicted as B".</summary>
    public string HowOften =>
        Before is { } before
            ? $"in {Percent.Of(Share)}% of the images instead of {Percent.Of(before)}% ({Percent.Signed(More)} points)"
            : string.Create(CultureInfo.InvariantCulture, $"in {Count:N0} of {Images:N0} images ({Percent.Of(Share)}%)");

    /// <summary>The most frequent confusions of a matrix, or those that are more frequent than in another, largest increase first.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">The matrix to compare with; null for none.</param>
    public static IReadOnlyList<Mistake> Most(IReadOnlyList<ClassLabel> classes, int[][] counts, int[][]? before) =>
        [
            .. (
                from actual in classes
                from predicted in classes
                where actual.Index != predicted.Index && counts[actual.Index][predicted.Index] > 0
                where before is null || before[actual.Index].Sum() > 0
                let mistake = new Mistake(
                    actual,
                    predicted,
                    counts[actual.Index][predicted.Index],
                    counts[actual.Index].Sum(),
                    before is null ? null : CellShares.Rate(before, actual.Index, predicted.Index)
                )
                where mistake.More > 0
                orderby mistake.More descending, actual.Index, predicted.Index
                select mistake
            ).Take(Shown),
        ];
}
