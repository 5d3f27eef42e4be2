namespace Coos.Shared.Benchmarks;

/// <summary>One class of a benchmark.</summary>
/// <param name="Index">0 .. K - 1, as in the label vector.</param>
/// <param name="Name">The full name.</param>
/// <param name="Short">The name where space is limited; the full name if the manifest has no short one.</param>
public sealed record ClassLabel(int Index, string Name, string Short);
