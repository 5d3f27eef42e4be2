namespace Coos.Server.Configuration;

/// <summary>How models are run.</summary>
/// <param name="IsEnabled">Whether submissions with models are accepted.</param>
/// <param name="IsSandboxed">Whether bubblewrap is around the process that runs a model.</param>
/// <param name="MaxBytes">The maximum size of a model file in bytes.</param>
/// <param name="Time">How long a run may take.</param>
/// <param name="MemoryBytes">The memory that a run may use, in bytes.</param>
/// <param name="Threads">The number of threads of a run.</param>
internal sealed record ModelSettings(bool IsEnabled, bool IsSandboxed, long MaxBytes, TimeSpan Time, long MemoryBytes, int Threads)
{
    /// <summary>The settings without any configuration.</summary>
    public static ModelSettings Default { get; } =
        new(true, true, 512L << 20, TimeSpan.FromHours(1), 4L << 30, Math.Max(1, Environment.ProcessorCount));
}
