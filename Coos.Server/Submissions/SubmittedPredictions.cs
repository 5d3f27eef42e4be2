namespace Coos.Server.Submissions;

/// <summary>The predictions of a submission for one split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Classes">The predicted class index of each image, in the canonical order of image ids.</param>
/// <param name="ImagesHash">The hash of the image ids. Predictions and labels are compared by position only if the hashes match.</param>
internal sealed record SubmittedPredictions(string Split, ushort[] Classes, byte[] ImagesHash);
