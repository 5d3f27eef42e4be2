namespace Coos.Shared.Benchmarks;

/// <summary>Says that the images of a benchmark are simulated: the server draws them with the simulator's default parameters.</summary>
/// <param name="Seed">The seed of the simulation.</param>
public sealed record SimulatedImages(ulong Seed);
