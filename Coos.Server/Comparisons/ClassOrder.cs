using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>The order of the classes in a matrix: that of the manifest, or by loss of sensitivity.</summary>
internal static class ClassOrder
{
    /// <summary>The value of <c>order</c> in the URL that sorts by loss.</summary>
    public const string Loss = "loss";

    /// <summary>Sorts classes by loss, largest first; classes without images come last.</summary>
    /// <param name="classes">The classes in the manifest's order, which ties keep.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">The matrix that the loss is measured from; null measures from 100%.</param>
    public static IReadOnlyList<ClassLabel> SortByLoss(IReadOnlyList<ClassLabel> classes, int[][] counts, int[][]? before = null) =>
        [
            .. classes.OrderByDescending(c =>
                (before is null ? 1 : CellShares.ComputeRate(before, c.Index, c.Index)) - CellShares.ComputeRate(counts, c.Index, c.Index)
                ?? double.NegativeInfinity
            ),
        ];
}
