using System.Runtime.InteropServices;
using TorchSharp;

namespace Coos.Baselines.Deep.Native;

/// <summary>Loads libtorch and the native part of TorchSharp once per process, or reports what is missing.</summary>
public static class TorchRuntime
{
    private static readonly Lazy<string?> LoadProblem = new(Load);

    // In the order of their dependencies, with TorchSharp's own part last; libtorch_cuda exists only in builds for CUDA.
    private static readonly Dictionary<string, string[]> NativeFiles = new(StringComparer.Ordinal)
    {
        ["linux-x64"] = ["libc10.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so", "libLibTorchSharp.so"],
        ["win-x64"] = ["c10.dll", "torch_cpu.dll", "torch_cuda.dll", "torch.dll", "LibTorchSharp.dll"],
        ["osx-arm64"] = ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib", "libLibTorchSharp.dylib"],
    };

    private static string SystemName =>
        OperatingSystem.IsWindows() ? "win"
        : OperatingSystem.IsMacOS() ? "osx"
        : OperatingSystem.IsLinux() ? "linux"
        : "unknown";

    private static string Platform { get; } = $"{SystemName}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Why libtorch cannot be used on this machine; null if it can.</summary>
    public static string? Problem => LoadProblem.Value;

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="BaselineException">libtorch cannot be loaded; the message says what to install.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new BaselineException(problem);
        }
    }

    /// <summary>Explains that a system is not supported; null if it is.</summary>
    /// <param name="system">The system, for example linux-x64.</param>
    internal static string? ExplainUnsupported(string system) =>
        NativeFiles.ContainsKey(system)
            ? null
            : $"libtorch has no package for {system}; deep baselines run on Linux x64, Windows x64 and macOS arm64 "
                + "(the rest of COOS runs here too)";

    /// <summary>Finds a native file: next to the program if published for one system, otherwise in its runtimes folder.</summary>
    /// <param name="file">The name of the file.</param>
    internal static string? Find(string file)
    {
        string[] paths =
        [
            Path.Combine(AppContext.BaseDirectory, "runtimes", Platform, "native", file),
            Path.Combine(AppContext.BaseDirectory, file),
        ];
        return paths.FirstOrDefault(File.Exists);
    }

    private static string? Load()
    {
        if (ExplainUnsupported(Platform) is { } unsupported)
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

            LoadTorchSharp(Find(files[^1]) ?? throw new DllNotFoundException($"{files[^1]} is not next to the program"));
            torch.InitializeDeviceType(DeviceType.CPU);
            if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
            {
                // By default, libtorch uses half of them if cores have two threads.
                torch.set_num_threads(Environment.ProcessorCount);
            }

            return null;
        }
        catch (Exception fault)
            when (fault
                    is DllNotFoundException
                        or BadImageFormatException
                        or EntryPointNotFoundException
                        or NotSupportedException
                        or TypeInitializationException
                        or IOException
                        or UnauthorizedAccessException
            )
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
        catch (DllNotFoundException fault)
            when (OperatingSystem.IsLinux() && fault.Message.Contains(GlibcxxPatch.MissingVersion, StringComparison.Ordinal))
        {
            LoadPatched(path);
        }
    }

    /// <summary>Loads a patched copy from a folder that only this user can write to. The file is not needed after loading.</summary>
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
        var install =
            OperatingSystem.IsLinux()
                ? "it needs glibc 2.34 and libstdc++ from GCC 12 or later (Debian 12, Ubuntu 22.04, Fedora 36, RHEL 9 with "
                    + "gcc-toolset-12); Alpine is not supported. Debian and Ubuntu: apt-get install libstdc++6"
            : OperatingSystem.IsWindows() ? "install the Visual C++ Redistributable 2022 (x64)"
            : "install macOS 14 or later";
        return $"libtorch cannot be loaded: {message}; {install}";
    }
}
