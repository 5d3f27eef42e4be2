namespace Coos.Models.Dials;

/// <summary>A dial at one of its levels: one run of a model over the reference images.</summary>
/// <param name="Dial">The dial.</param>
/// <param name="Level">One of its levels, not 0, unless it is <see cref="ShiftDials.Unchanged"/>.</param>
public sealed record DialStep(Dial Dial, DialLevel Level);
