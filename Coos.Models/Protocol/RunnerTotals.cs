namespace Coos.Models.Protocol;

/// <summary>What the runner measured while it ran a model.</summary>
/// <param name="PeakMemoryBytes">The highest resident memory of the process since the model was loaded.</param>
/// <param name="Seconds">The time in the runtime, without the pipes.</param>
public sealed record RunnerTotals(long PeakMemoryBytes, double Seconds);
