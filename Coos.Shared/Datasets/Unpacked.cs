namespace Coos.Shared.Datasets;

/// <summary>What unpacking did.</summary>
/// <param name="Images">The images of the set.</param>
/// <param name="Written">The files written.</param>
/// <param name="Kept">The files that were there already with the same content.</param>
public sealed record Unpacked(int Images, int Written, int Kept);
