namespace Coos.Server.Images;

/// <summary>What an entry predicts for each image of a split, in canonical order.</summary>
/// <param name="Classes">The predicted class of each image.</param>
/// <param name="Confidences">The probability of the predicted class of each image, 0..1; null if the entry has no probabilities.</param>
internal sealed record EntryPredictions(ushort[] Classes, float[]? Confidences);
