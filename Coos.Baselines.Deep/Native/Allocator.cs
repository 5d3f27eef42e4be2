using System.Runtime.InteropServices;

namespace Coos.Baselines.Deep.Native;

/// <summary>
/// Keeps freed memory for the next training step. By default glibc returns every large block to the system at once and requests it
/// again for the next layer, and the system fills each page with zeros first: measured, a third of the time of a DeepLoc step.
/// libtorch allocates with glibc, and the sizes are the same in every step, so nothing is wasted.
/// </summary>
internal static partial class Allocator
{
    // From malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MappedBlocks = -4;
    private const int Never = -1;
    private const int None = 0;
    private const int GrowBy = 64 << 20;

    /// <summary>Makes this process keep freed memory; only has an effect on Linux.</summary>
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
            // The C library is not glibc; loading libtorch reports that.
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
