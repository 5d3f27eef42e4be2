namespace Coos.Models.Dials;

/// <summary>One strength of a dial.</summary>
/// <param name="Index">Its place, 0..4; 0 changes nothing.</param>
/// <param name="Strength">The strength in the dial's unit; null if no number describes it, such as noise without photons to count.</param>
/// <param name="Amount">
/// What is linear in the change, and 0 without change: the scale on which values between two levels are interpolated. The place for
/// levels that are not ordered.
/// </param>
/// <param name="Text">The strength with its unit, for pages.</param>
public sealed record DialLevel(int Index, double? Strength, double Amount, string Text);
