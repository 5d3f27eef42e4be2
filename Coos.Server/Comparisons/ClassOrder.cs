using Coos.Shared.Benchmarks;

namespace Coos.Server.Comparisons;

/// <summary>In which order a matrix has its classes: that of the manifest, or by what they lose.</summary>
internal static class ClassOrder
{
    /// <summary>The value of <c>order</c> in the address that sorts by loss.</summary>
    public const string Loss = "loss";

    /// <summary>Sorts classes, the greatest loss first; a class without images comes last.</summary>
    /// <param name="classes">In the manifest's order, which stays among equals.</param>
    /// <param name="counts">The matrix.</param>
    /// <param name="before">What sensitivities are lost from; null takes 100%.</param>
    public static IReadOnlyList<ClassLabel> ByLoss(IReadOnlyList<ClassLabel> classes, int[][] counts, int[][]? before = null) =>
        [
            .. classes.OrderByDescending(c =>
                (before is null ? 1 : CellShares.Rate(before, c.Index, c.Index)) - CellShares.Rate(counts, c.Index, c.Index)
                ?? double.NegativeInfinity
            ),
        ];
}
