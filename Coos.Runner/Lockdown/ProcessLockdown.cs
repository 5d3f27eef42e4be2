using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Coos.Runner.Lockdown;

/// <summary>
/// Takes from this process, for good, what running a model does not need: memory and time above its limits, files to write, other
/// programs, the network. It comes before the first byte of the model, and besides what the sandbox around the process does.
/// </summary>
internal static partial class ProcessLockdown
{
    private const int LowestPriority = 19;
    private const long SecondsToEnd = 2;

    private const int SetNoNewPrivileges = 38;
    private const uint FilterMode = 1;
    private const uint AllThreads = 1;
    private const int SeccompX64 = 317;
    private const int SeccompArm64 = 277;

    /// <summary>Applies the limits and the filter to all threads.</summary>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux on x86-64 or 64-bit ARM.</exception>
    public static void Apply(Limits limits)
    {
        var (calls, seccomp) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 when OperatingSystem.IsLinux() => (SystemCalls.X64, SeccompX64),
            Architecture.Arm64 when OperatingSystem.IsLinux() => (SystemCalls.Arm64, SeccompArm64),
            _ => throw new PlatformNotSupportedException("Models are run on Linux on x86-64 and 64-bit ARM."),
        };

        // RLIMIT_DATA counts memory that can be written and is private, not what the garbage collector reserves.
        Limit(Resource.Data, limits.MemoryBytes);

        // At the first limit a signal of its own ends the process, so that the reason is known; at the second one that cannot be caught.
        Limit(Resource.ProcessorTime, limits.Seconds, limits.Seconds + SecondsToEnd);
        Limit(Resource.FileSize, 0);
        Limit(Resource.CoreFile, 0);
        Check(SetPriority(0, 0, LowestPriority));
        LowerGroup();
        Check(ProcessControl(SetNoNewPrivileges, 1, 0, 0, 0));
        Filter(CallFilter.Write(calls), seccomp);
    }

    /// <summary>
    /// Lowers the priority of the session too: a kernel with automatic groups shares the processors among sessions, and looks at priorities
    /// only within one (sched(7)).
    /// </summary>
    private static void LowerGroup()
    {
        try
        {
            File.WriteAllText("/proc/self/autogroup", $"{LowestPriority}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The kernel has no automatic groups.
        }
    }

    private static unsafe void Filter(CallFilter.Instruction[] program, int seccomp)
    {
        fixed (CallFilter.Instruction* first = program)
        {
            var whole = new FilterProgram((ushort)program.Length, first);
            Check((int)SystemCall(seccomp, FilterMode, AllThreads, &whole));
        }
    }

    private static void Limit(Resource resource, long value) => Limit(resource, value, value);

    private static void Limit(Resource resource, long soft, long hard)
    {
        var limit = new ResourceLimit((ulong)soft, (ulong)hard);
        Check(SetLimit((int)resource, in limit));
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial long SystemCall(long number, uint operation, uint flags, void* arguments);

    /// <summary>The resources whose numbers are the same on both processors.</summary>
    private enum Resource
    {
        ProcessorTime = 0,
        FileSize = 1,
        Data = 2,
        CoreFile = 4,
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);

    [StructLayout(LayoutKind.Sequential)]
    [SuppressMessage("Performance", "CA1815", Justification = "It is never compared.")]
    private readonly unsafe struct FilterProgram(ushort length, CallFilter.Instruction* first)
    {
        private readonly ushort _length = length;
        private readonly CallFilter.Instruction* _first = first;
    }
}
