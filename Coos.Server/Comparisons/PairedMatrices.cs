using Coos.Evaluator.Metrics;
using Coos.Server.Problems;

namespace Coos.Server.Comparisons;

/// <summary>An entry's confusion matrix of one split beside another's.</summary>
/// <param name="Comparison">The comparison of the two on all splits.</param>
/// <param name="Cells">Cell by cell.</param>
/// <param name="Own">The entry's matrix, made with the labels that count now.</param>
/// <param name="Base">The other's.</param>
internal sealed record PairedMatrices(ComparisonDocument Comparison, PairedConfusion Cells, int[][] Own, int[][] Base)
{
    /// <summary>Compares an entry with another on a split.</summary>
    /// <returns>The matrices, or why there are none.</returns>
    public static async Task<Result<PairedMatrices>> ReadAsync(
        ComparisonService comparisons,
        Guid id,
        string against,
        string split,
        CancellationToken cancellation
    )
    {
        if (!ComparisonRefusals.Read(id.ToString(), against).TryGet(out var pair, out var unread))
        {
            return unread with { Detail = "The entry to set it against is not named by an id; choose one below." };
        }

        if (!(await comparisons.CompareAsync(pair.A, pair.B, cancellation)).TryGet(out var comparison, out var refusal))
        {
            return refusal;
        }

        var compared = comparison.Splits.FirstOrDefault(s => s.Split == split);
        return compared is { Paired: { } paired }
            ? new PairedMatrices(comparison, paired.Cells, paired.Matrices.A, paired.Matrices.B)
            : Refusal.NotFound($"The two matrices cannot be set side by side: {compared?.Note ?? "neither has this split"}.");
    }
}
