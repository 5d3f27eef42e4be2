using Coos.Models.Protocol;

namespace Coos.Models.Sandboxing;

/// <summary>Why a process in the sandbox ended.</summary>
internal static class ExitReason
{
    // A process that a signal ended has the exit code 128 and the signal's number.
    private const int Killed = 128 + 9;
    private const int TimeUsedUp = 128 + 24;

    // The last one is how .NET's garbage collector ends where it gets no memory.
    private static readonly string[] MemoryWords =
    [
        "Out of memory",
        "OutOfMemory",
        "bad_alloc",
        "Cannot allocate memory",
        "out of memory",
        "PAL_SEHException",
    ];

    /// <summary>Finds the reason.</summary>
    /// <param name="code">The exit code of the process.</param>
    /// <param name="errors">What it wrote to standard error.</param>
    /// <param name="isLate">Whether it was ended because its time was over.</param>
    /// <param name="isGarbage">Whether it was ended because it sent what is not an answer.</param>
    /// <returns>One of <see cref="ModelProblemCodes"/>.</returns>
    public static string Find(int code, string errors, bool isLate, bool isGarbage) =>
        isLate || code == TimeUsedUp ? ModelProblemCodes.TooSlow
        : isGarbage ? ModelProblemCodes.Crashed
        : code == Killed || Array.Exists(MemoryWords, w => errors.Contains(w, StringComparison.Ordinal)) ? ModelProblemCodes.OutOfMemory
        : ModelProblemCodes.Crashed;
}
