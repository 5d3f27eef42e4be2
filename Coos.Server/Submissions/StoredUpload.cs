using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;

namespace Coos.Server.Submissions;

/// <summary>A stored upload with its warnings.</summary>
/// <param name="Id">The id, by which a submission refers to the upload.</param>
/// <param name="Files">The predictions by split, in the manifest's order.</param>
/// <param name="WrongSplit">The problem that the file was sent for another split than the one it predicts; null if it was not.</param>
/// <param name="Warnings">The warnings about its predictions.</param>
/// <param name="ExpiresAt">When the upload is deleted, UTC.</param>
internal sealed record StoredUpload(
    Guid Id,
    IReadOnlyList<UploadedSplit> Files,
    Problem? WrongSplit,
    IReadOnlyList<PredictionWarning> Warnings,
    DateTime ExpiresAt
)
{
    /// <summary>Creates the upload of a row.</summary>
    public static StoredUpload From(
        Upload row,
        Benchmark benchmark,
        Problem? wrongSplit,
        Func<UploadedSplit, IReadOnlyList<PredictionWarning>> warningsOf
    )
    {
        UploadedSplit[] files = [.. row.Splits.OrderBy(s => benchmark.Splits.ToList().FindIndex(b => b.Name == s.Split))];
        return new StoredUpload(row.Id, files, wrongSplit, [.. files.SelectMany(warningsOf)], row.ExpiresAt);
    }
}
