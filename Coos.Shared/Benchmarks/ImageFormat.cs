namespace Coos.Shared.Benchmarks;

/// <summary>The images of a benchmark.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Channels">The name of each channel, in order.</param>
/// <param name="Bits">Bits per sample: 8, 16 or 32.</param>
public sealed record ImageFormat(int Width, int Height, IReadOnlyList<string> Channels, int Bits);
