namespace Coos.Shared.Predictions;

/// <summary>A file as a participant sends it, not read yet.</summary>
/// <param name="Part">The form part: a split's name, or <see cref="PredictionUpload.AnySplit"/> for a zip of splits.</param>
/// <param name="FileName">The sender's file name, for messages only.</param>
/// <param name="Open">Opens the file as a seekable stream.</param>
public sealed record UploadedFile(string Part, string FileName, Func<Stream> Open);
