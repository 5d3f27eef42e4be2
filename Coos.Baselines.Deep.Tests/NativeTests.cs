using System.Runtime.InteropServices;
using System.Text;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Tests.Support;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

/// <summary>libtorch on this system and others, devices, and want of memory.</summary>
public sealed class NativeTests
{
    private delegate IntPtr TextFunction();

    /// <summary>The other tests are skipped where libtorch cannot be loaded, so that this one alone tells where it could be and is not.</summary>
    [Fact]
    public void Libtorch_is_loaded_on_every_system_that_the_documentation_names()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "Linux x64 is what is tested");
        Assert.SkipUnless(Version.TryParse(GlibcVersion(), out var version) && version >= new Version(2, 34), "glibc is older than 2.34, or another C library");

        Assert.Null(TorchRuntime.Problem);
        Assert.Equal(3, torch.tensor(new[] { 1f, 2f }).sum().item<float>());
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("osx-x64")]
    [InlineData("win-arm64")]
    public void A_system_without_a_package_is_told_which_have_one(string system) => Assert.Equal(
        $"there is no libtorch package for {system}; deep baselines run on Linux x64, Windows x64 and macOS arm64 (all else of COOS runs here too)",
        TorchRuntime.Unsupported(system));

    [Fact]
    public void The_patch_of_libstdcxx_changes_the_one_symbol_and_its_version()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "a library of Linux x64");
        var library = File.ReadAllBytes(TorchRuntime.Find("libLibTorchSharp.so")!);
        var patched = library.ToArray();

        Assert.True(GlibcxxPatch.Apply(patched));

        Assert.False(GlibcxxPatch.Apply(patched.ToArray()));
        Assert.InRange(library.Zip(patched).Count(p => p.First != p.Second), 1, 40);
        Assert.Equal((1, 0), (Count(library, "_ZSt21ios_base_library_initv\0"), Count(patched, "_ZSt21ios_base_library_initv\0")));
    }

    [Fact]
    public void An_unknown_device_is_refused_with_those_that_there_may_be() =>
        Assert.Equal("there is no device tpu; choose auto, cpu, cuda, or cuda:N for GPU N", Assert.Throws<BaselineException>(() => TorchDevice.Find("tpu")).Message);

    [Fact]
    public void A_gpu_that_is_not_there_is_told()
    {
        Libtorch.Require();
        Assert.SkipWhen(torch.cuda.is_available(), "there is a GPU");

        Assert.StartsWith("device cuda:1 is not there: this build has libtorch for the CPU", Assert.Throws<BaselineException>(() => TorchDevice.Find("cuda:1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Want_of_memory_is_one_line_that_says_what_to_do()
    {
        Libtorch.Require();

        // 64 TiB: more than any machine has, so that libtorch itself refuses.
        var fault = Assert.Throws<BaselineException>(() => TorchFaults.Catch(() => torch.empty(1L << 44)));

        Assert.StartsWith("there is not enough memory for this network and batch; use a smaller --batch, or --device cpu where it was a GPU's: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_patch_of_libstdcxx_leaves_other_files_alone()
    {
        var bytes = Encoding.ASCII.GetBytes("\u007fELF\u0001\u0001 of 32 bits, and no library at all");
        var copy = bytes.ToArray();

        Assert.False(GlibcxxPatch.Apply(copy));
        Assert.Equal(bytes, copy);
    }

    private static int Count(byte[] content, string text) => content.AsSpan().Count(Encoding.ASCII.GetBytes(text));

    private static string GlibcVersion() =>
        NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out var function)
            ? Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<TextFunction>(function)()) ?? ""
            : "";
}
