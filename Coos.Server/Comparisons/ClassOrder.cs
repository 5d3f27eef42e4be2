using Coos.Evaluator.Similarity;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>The order of the classes in a matrix: that of the manifest, by loss of sensitivity, or by similarity.</summary>
internal static class ClassOrder
{
    /// <summary>The value of <c>order</c> in the URL that sorts by loss.</summary>
    public const string Loss = "loss";

    /// <summary>The value of <c>order</c> in the URL that brings classes together that are confused.</summary>
    public const string Similarity = "similarity";

    /// <summary>
    /// With more classes, pages show a picture of the matrix and tables of its largest parts instead of a table of cells.
    /// </summary>
    public const int MaximumTable = 30;

    /// <summary>Sorts classes by similarity: those that are confused with each other are neighbours.</summary>
    /// <param name="classes">The classes in the manifest's order.</param>
    /// <param name="counts">The matrix.</param>
    public static IReadOnlyList<ClassLabel> SortBySimilarity(IReadOnlyList<ClassLabel> classes, ConfusionMatrix counts) =>
        [.. SimilarityOrder.Sort(counts).Select(k => classes[k])];

    /// <summary>Sorts classes by loss, largest first; classes without images come last.</summary>
    /// <param name="classes">The classes in the manifest's order, which ties keep.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">The matrix that the loss is measured from; null measures from 100%.</param>
    public static IReadOnlyList<ClassLabel> SortByLoss(
        IReadOnlyList<ClassLabel> classes,
        ConfusionMatrix counts,
        ConfusionMatrix? before = null
    ) =>
        [
            .. classes.OrderByDescending(c =>
                (before is null ? 1 : CellShares.ComputeRate(before, c.Index, c.Index)) - CellShares.ComputeRate(counts, c.Index, c.Index)
                ?? double.NegativeInfinity
            ),
        ];
}
