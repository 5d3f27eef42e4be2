using System.Runtime.InteropServices;

namespace Coos.Baselines.Deep.Native;

/// <summary>
/// Keeps the memory of one training step for the next. By default glibc gives every large block back to the system at once and
/// asks for it again at the next layer, and the system fills each of its pages with zeros first: measured, a third of the time
/// of a DeepLoc step. libtorch allocates by glibc, and the sizes are the same in every step, so that nothing is wasted.
/// </summary>
internal static partial class Allocator
{
    // glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MappedBlocks = -4;
    private const int Never = -1;
    private const int None = 0;
    private const int GrowBy = 64 << 20;

    /// <summary>Has freed memory kept by this process; does nothing but on Linux.</summary>
    public static void KeepMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = Set(MappedBlocks, None);
            _ = Set(TrimThreshold, Never);
            _ = Set(TopPad, GrowBy);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that is not glibc: libtorch says so itself when it is loaded.
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
