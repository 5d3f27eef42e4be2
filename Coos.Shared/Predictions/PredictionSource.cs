using Coos.Shared.Packing;

namespace Coos.Shared.Predictions;

/// <summary>The predictions of one split in an upload, unpacked on demand.</summary>
/// <param name="Split">The split's name.</param>
/// <param name="OpenText">
/// Opens the decompressed text, within a budget unless that is null. Only one source may be open at a time, since sources of one
/// zip share it. Throws
/// <see cref="InvalidDataException"/> on opening or reading if the archive is damaged.
/// </param>
public sealed record PredictionSource(string Split, Func<UnpackBudget?, Stream> OpenText)
{
    /// <summary>Whether the zip says that the file is encrypted. If it can be read nevertheless, it is not.</summary>
    public bool IsEncrypted { get; init; }
}
