namespace Coos.Shared.Predictions;

/// <summary>A file as a participant sends it, before anybody looked inside.</summary>
/// <param name="Part">What it was sent as: a split's name, or <see cref="PredictionUpload.AnySplit"/> for a zip of splits.</param>
/// <param name="FileName">The name that its sender gives it; for messages only.</param>
/// <param name="Open">Opens its bytes; the stream can seek.</param>
public sealed record UploadedFile(string Part, string FileName, Func<Stream> Open);
