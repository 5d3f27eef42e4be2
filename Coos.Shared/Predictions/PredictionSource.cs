namespace Coos.Shared.Predictions;

/// <summary>The text of one split's predictions, out of whatever it was packed in.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="OpenText">
/// Opens the decompressed text, once after the other: sources of one zip share it. Throws
/// <see cref="InvalidDataException"/> then or while read where the packing is broken.
/// </param>
public sealed record PredictionSource(string Split, Func<Stream> OpenText);
