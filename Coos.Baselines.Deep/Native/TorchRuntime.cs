using System.Runtime.InteropServices;
using TorchSharp;

namespace Coos.Baselines.Deep.Native;

/// <summary>Loads libtorch and TorchSharp's native part, once a process, or says what is missing.</summary>
public static class TorchRuntime
{
    private static readonly Lazy<string?> Fault = new(Load);

    // In the order in which they need one another, TorchSharp's own part last; libtorch_cuda is there in builds for CUDA only.
    private static readonly Dictionary<string, string[]> NativeFiles = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = ["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so", "libLibTorchSharp.so"],
        ["win-x64"] = ["c10.dll", "torch_cpu.dll", "torch_cuda.dll", "torch.dll", "LibTorchSharp.dll"],
        ["osx-arm64"] = ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib", "libLibTorchSharp.dylib"],
    };

    private static string Platform { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsLinux() ? "linux" : "unknown")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Why libtorch cannot be used here; null where it can.</summary>
    public static string? Problem => Fault.Value;

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="BaselineException">It cannot be loaded; the message says what to install.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new BaselineException(problem);
        }
    }

    /// <summary>Why a system has no libtorch; null where it has.</summary>
    /// <param name="system">linux-x64 and the like.</param>
    internal static string? Unsupported(string system) => NativeFiles.ContainsKey(system)
        ? null
        : $"there is no libtorch package for {system}; deep baselines run on Linux x64, Windows x64 and macOS arm64 (all else of COOS runs here too)";

    /// <summary>Where a native file lies: beside the program when published for one system, else in its runtimes folder.</summary>
    /// <param name="file">Its name.</param>
    internal static string? Find(string file) =>
        new[] { Path.Combine(AppContext.BaseDirectory, "runtimes", Platform, "native", file), Path.Combine(AppContext.BaseDirectory, file) }.FirstOrDefault(File.Exists);

    private static string? Load()
    {
        if (Unsupported(Platform) is { } unsupported)
        {
            return unsupported;
        }

        try
        {
            Allocator.KeepMemory();
            var files = NativeFiles[Platform];
            foreach (var file in files.Where(f => f != files[^1] && Find(f) is not null))
            {
                NativeLibrary.Load(Find(file)!);
            }

            LoadTorchSharp(Find(files[^1]) ?? throw new DllNotFoundException($"{files[^1]} is not beside the program"));
            torch.InitializeDeviceType(DeviceType.CPU);
            if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
            {
                // libtorch's own choice is half of that where cores have two threads.
                torch.set_num_threads(Environment.ProcessorCount);
            }

            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or NotSupportedException or TypeInitializationException or IOException or UnauthorizedAccessException)
        {
            return Explain(fault.Message).ReplaceLineEndings(" ");
        }
    }

    private static void LoadTorchSharp(string path)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (DllNotFoundException fault) when (OperatingSystem.IsLinux() && fault.Message.Contains(GlibcxxPatch.MissingVersion, StringComparison.Ordinal))
        {
            LoadPatched(path);
        }
    }

    /// <summary>Loads a patched copy from a folder that only this user can write to; loaded, its file is no longer needed.</summary>
    private static void LoadPatched(string path)
    {
        var elf = File.ReadAllBytes(path);
        if (!GlibcxxPatch.Apply(elf))
        {
            throw new DllNotFoundException($"{path} needs {GlibcxxPatch.MissingVersion} and cannot be adapted");
        }

        var folder = Directory.CreateTempSubdirectory("coos-torch-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(path));
            File.WriteAllBytes(copy, elf);
            var handle = NativeLibrary.Load(copy);
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : IntPtr.Zero);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Explain(string message)
    {
        var install = OperatingSystem.IsLinux()
            ? "it needs glibc 2.34 and libstdc++ of GCC 12 or later (Debian 12, Ubuntu 22.04, Fedora 36, RHEL 9 with gcc-toolset-12); Alpine is not supported. Debian and Ubuntu: apt-get install libstdc++6"
            : OperatingSystem.IsWindows() ? "install the Visual C++ Redistributable 2022 (x64)" : "install macOS 14 or later";
        return $"libtorch cannot be loaded: {message}; {install}";
    }
}
