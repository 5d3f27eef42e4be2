namespace Coos.Server.Submissions;

/// <summary>A submission's predictions of one split.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="Classes">The predicted class of each image, in the canonical order of their ids.</param>
/// <param name="ImagesHash">Of the images' ids: only predictions and labels of the same images may be compared by position.</param>
internal sealed record SubmittedPredictions(string Split, byte[] Classes, byte[] ImagesHash);
