using System.Globalization;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>A confusion: images of one class that are predicted as another.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Count">The number of images of the true class with this prediction.</param>
/// <param name="Images">The number of images of the true class.</param>
/// <param name="Before">The share in the other matrix; null without comparison.</param>
internal sealed record Mistake(ClassLabel Actual, ClassLabel Predicted, int Count, int Images, double? Before)
{
    /// <summary>The number of confusions that a list shows.</summary>
    public const int Shown = 5;

    /// <summary>The share of the true class's images with this prediction, 0..1.</summary>
    public double Share => (double)Count / Images;

    /// <summary>The increase of the share over the other matrix.</summary>
    public double More => Share - (Before ?? 0);

    /// <summary>The frequency in words; follows "A predicted as B".</summary>
    public string Frequency =>
        Before is { } before
            ? $"in {Percent.Of(Share)}% of the images instead of {Percent.Of(before)}% ({Percent.Signed(More)} points)"
            : string.Create(CultureInfo.InvariantCulture, $"in {Count:N0} of {Images:N0} images ({Percent.Of(Share)}%)");

    /// <summary>Finds the most frequent confusions of a matrix, or those with the largest increase over another matrix.</summary>
    /// <param name="classes">The classes.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">The matrix to compare with; null for none.</param>
    /// <param name="count">The maximum number of confusions.</param>
    public static IReadOnlyList<Mistake> FindMostFrequent(
        IReadOnlyList<ClassLabel> classes,
        ConfusionMatrix counts,
        ConfusionMatrix? before,
        int count = Shown
    )
    {
        var mistakes = new List<Mistake>();
        foreach (var (actual, predicted, images) in counts.Cells)
        {
            if (actual != predicted && (before is null || before.ClassImages(actual) > 0))
            {
                mistakes.Add(
                    new Mistake(
                        classes[actual],
                        classes[predicted],
                        images,
                        counts.ClassImages(actual),
                        before is null ? null : CellShares.ComputeRate(before, actual, predicted)
                    )
                );
            }
        }

        return
        [
            .. mistakes
                .Where(m => m.More > 0)
                .OrderByDescending(m => m.More)
                .ThenBy(m => m.Actual.Index)
                .ThenBy(m => m.Predicted.Index)
                .Take(count),
        ];
    }
}
