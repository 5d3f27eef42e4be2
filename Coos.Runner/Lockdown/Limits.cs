namespace Coos.Runner.Lockdown;

/// <summary>What a run may use.</summary>
/// <param name="MemoryBytes">The private memory that the process may have, in bytes.</param>
/// <param name="Seconds">The time of all processors together, in seconds.</param>
internal sealed record Limits(long MemoryBytes, long Seconds)
{
    /// <summary>Reads the limits from the command line: memory in bytes, then seconds.</summary>
    /// <returns>The limits; null if the command line is not that.</returns>
    public static Limits? Read(IReadOnlyList<string> arguments) =>
        arguments is [var memory, var seconds]
        && long.TryParse(memory, out var bytes)
        && bytes > 0
        && long.TryParse(seconds, out var time)
        && time > 0
            ? new Limits(bytes, time)
            : null;
}
