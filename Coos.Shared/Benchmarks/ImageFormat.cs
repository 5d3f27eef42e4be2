namespace Coos.Shared.Benchmarks;

/// <summary>The images of a benchmark.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Channels">The name of each channel, in order.</param>
/// <param name="Bits">Bits a sample: 8, 16 or 32.</param>
public sealed record ImageFormat(int Width, int Height, IReadOnlyList<string> Channels, int Bits);
