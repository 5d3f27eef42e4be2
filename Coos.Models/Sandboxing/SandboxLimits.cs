namespace Coos.Models.Sandboxing;

/// <summary>What a run may use.</summary>
/// <param name="MemoryBytes">The memory in bytes.</param>
/// <param name="Time">How long a run may take from its start.</param>
/// <param name="Threads">The number of threads that run the model.</param>
public sealed record SandboxLimits(long MemoryBytes, TimeSpan Time, int Threads)
{
    /// <summary>The time of all processors together in seconds. The kernel ends the process when it is used up.</summary>
    public long ProcessorSeconds => (long)Math.Ceiling(Time.TotalSeconds * (Threads + 1));
}
