using Coos.Evaluator.Metrics;
using Coos.Server.Problems;
using Coos.Shared.Scores;

namespace Coos.Server.Comparisons;

/// <summary>The confusion matrices of two entries on one split.</summary>
/// <param name="Comparison">The comparison of the two entries on all splits.</param>
/// <param name="Cells">The paired counts, cell by cell.</param>
/// <param name="Own">The entry's matrix, made with the active labels.</param>
/// <param name="Base">The other entry's matrix.</param>
internal sealed record PairedMatrices(ComparisonDocument Comparison, PairedConfusion Cells, ConfusionMatrix Own, ConfusionMatrix Base)
{
    /// <summary>Compares an entry with another on one split.</summary>
    /// <returns>The matrices, or why they are not available.</returns>
    public static async Task<Result<PairedMatrices>> ReadAsync(
        ComparisonService comparisons,
        Guid id,
        string against,
        string split,
        CancellationToken cancellation
    )
    {
        if (!ComparisonRefusals.ReadIds(id.ToString(), against).TryGet(out var pair, out var invalid))
        {
            return invalid with { Detail = "The id of the other entry is not valid; choose an entry below." };
        }

        if (!(await comparisons.CompareAsync(pair.A, pair.B, cancellation)).TryGet(out var comparison, out var refusal))
        {
            return refusal;
        }

        var compared = comparison.Splits.FirstOrDefault(s => s.Split == split);
        return compared is { Paired: { } paired }
            ? new PairedMatrices(comparison, paired.Cells, paired.Matrices.A, paired.Matrices.B)
            : Refusal.NotFound($"The two matrices cannot be compared: {compared?.Note ?? "neither has this split"}.");
    }
}
