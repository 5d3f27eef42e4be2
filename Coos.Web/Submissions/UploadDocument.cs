using Coos.Server.Submissions;
using Coos.Shared.Predictions;

namespace Coos.Web.Submissions;

/// <summary>A prediction file that was uploaded before its submission.</summary>
/// <param name="Id">The id, for the field <c>upload</c> of a submission.</param>
/// <param name="Split">The split that the file predicts; null for a zip of several.</param>
/// <param name="Images">The number of predicted images, over all splits.</param>
/// <param name="Splits">The predictions by split.</param>
/// <param name="Problems">The problem that the file was sent for another split than <c>split</c>; empty if it was not.</param>
/// <param name="Warnings">Warnings about predictions that are valid but probably not intended.</param>
/// <param name="ExpiresAt">When the upload is deleted, UTC.</param>
internal sealed record UploadDocument(
    Guid Id,
    string? Split,
    int Images,
    IReadOnlyList<ValidatedSplit> Splits,
    IReadOnlyList<Problem> Problems,
    IReadOnlyList<PredictionWarning> Warnings,
    DateTime ExpiresAt
)
{
    /// <summary>Creates the document of an upload.</summary>
    public static UploadDocument From(StoredUpload upload) =>
        new(
            upload.Id,
            upload.Files is [var only] ? only.Split : null,
            upload.Files.Sum(f => f.Classes.Length),
            [.. upload.Files.Select(f => new ValidatedSplit(f.Split, f.Classes.Length, f.HasProbabilities, f.Hash))],
            upload.WrongSplit is { } problem ? [problem] : [],
            upload.Warnings,
            upload.ExpiresAt
        );
}
