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
    public static async Task<(PairedMatrices? Matrices, Refusal? Refusal)> ReadAsync(
        ComparisonService comparisons, Guid id, string against, string split, CancellationToken cancellation)
    {
        var (_, other, unread) = ComparisonRefusals.Read(id.ToString(), against);
        if (unread is not null)
        {
            return (null, unread with { Detail = "The entry to set it against is not named by an id; choose one below." });
        }

        var (comparison, refusal) = await comparisons.CompareAsync(id, other, cancellation);
        if (comparison is null)
        {
            return (null, refusal);
        }

        return comparison.Splits.FirstOrDefault(s => s.Split == split) is { Paired: { } paired }
            ? (new PairedMatrices(comparison, paired.Cells, paired.Matrices.A, paired.Matrices.B), null)
            : (null, Refusal.NotFound($"The two matrices cannot be set side by side: {comparison.Splits.FirstOrDefault(s => s.Split == split)?.Note ?? "neither has this split"}."));
    }
}
