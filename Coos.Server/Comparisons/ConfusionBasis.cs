using Coos.Server.Problems;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Shared.Text;

namespace Coos.Server.Comparisons;

/// <summary>What a confusion matrix is compared with: another entry, another split, or nothing.</summary>
/// <param name="Pair">The matrices of the entry and of the other entry.</param>
/// <param name="Reference">The split whose shares are subtracted.</param>
internal sealed record ConfusionBasis(PairedMatrices? Pair, SplitScore? Reference)
{
    /// <summary>No comparison.</summary>
    public static ConfusionBasis None { get; } = new(null, null);

    /// <summary>Reads the basis of a request. If both an entry and a split are given, the entry is used.</summary>
    /// <param name="comparisons">Compares entries.</param>
    /// <param name="submission">The submission with the matrix.</param>
    /// <param name="split">The split of the matrix.</param>
    /// <param name="from">The name of another split.</param>
    /// <param name="against">The id of another entry.</param>
    /// <param name="cancellation">Cancels the work when the client disconnects.</param>
    /// <returns>The basis, or why it is not available.</returns>
    public static async Task<Result<ConfusionBasis>> ReadAsync(
        ComparisonService comparisons,
        SubmissionDocument submission,
        string split,
        string? from,
        string? against,
        CancellationToken cancellation
    )
    {
        if (!string.IsNullOrWhiteSpace(against))
        {
            var read = await PairedMatrices.ReadAsync(comparisons, submission.Id, against, split, cancellation);
            return read.TryGet(out var pair, out var refusal) ? new ConfusionBasis(pair, null) : refusal;
        }

        if (string.IsNullOrEmpty(from) || from == split)
        {
            return None;
        }

        var splits = submission.Evaluation!.Splits;
        return splits.FirstOrDefault(s => s.Split == from && s.Matrix is not null) is { } reference
            ? new ConfusionBasis(null, reference)
            : Refusal.NotFound(
                $"This entry has no predictions of \"{from.Shorten()}\"; it has: {string.Join(", ", splits.Select(s => s.Split))}."
            );
    }
}
