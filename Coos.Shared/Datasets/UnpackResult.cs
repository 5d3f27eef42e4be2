namespace Coos.Shared.Datasets;

/// <summary>The result of unpacking a set.</summary>
/// <param name="Images">The number of images in the set.</param>
/// <param name="Written">The number of files written.</param>
/// <param name="Kept">The number of files that existed with the same content.</param>
public sealed record UnpackResult(int Images, int Written, int Kept);
