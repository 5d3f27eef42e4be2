using System.Runtime.InteropServices;
using System.Text;
using Coos.Baselines.Deep.Native;
using Coos.Baselines.Deep.Tests.Support;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests;

/// <summary>Loads libtorch, finds devices, and reports lack of memory.</summary>
public sealed class NativeTests
{
    private delegate IntPtr TextFunction();

    /// <summary>The other tests are skipped if libtorch cannot be loaded, so this test must fail if it should be loadable.</summary>
    [Fact]
    public void Libtorch_loads_on_every_documented_system()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "this test needs Linux x64"
        );
        Assert.SkipUnless(
            Version.TryParse(GlibcVersion(), out var version) && version >= new Version(2, 34),
            "this test needs glibc 2.34 or later"
        );

        Assert.Null(TorchRuntime.Problem);
        Assert.Equal(3, torch.tensor(new[] { 1f, 2f }).sum().item<float>());
    }

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("osx-x64")]
    [InlineData("win-arm64")]
    public void An_unsupported_system_is_reported_with_the_supported_ones(string system) =>
        Assert.Equal(
            $"libtorch has no package for {system}; deep baselines run on Linux x64, Windows x64 and macOS arm64 "
                + "(the rest of COOS runs here too)",
            TorchRuntime.ExplainUnsupported(system)
        );

    [Fact]
    public void The_libstdcxx_patch_changes_one_symbol_and_its_version()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "this test needs Linux x64"
        );
        var library = File.ReadAllBytes(TorchRuntime.Find("libLibTorchSharp.so")!);
        var patched = library.ToArray();

        Assert.True(GlibcxxPatch.Apply(patched));

        Assert.False(GlibcxxPatch.Apply(patched.ToArray()));
        Assert.InRange(library.Zip(patched).Count(p => p.First != p.Second), 1, 40);
        const string Symbol = "_ZSt21ios_base_library_initv\0";
        Assert.Equal((1, 0), (Count(library, Symbol), Count(patched, Symbol)));
    }

    [Fact]
    public void An_unknown_device_is_rejected_with_the_choices()
    {
        var fault = Assert.Throws<BaselineException>(() => TorchDevice.Find("tpu"));
        Assert.Equal("unknown device tpu; choose auto, cpu, cuda, or cuda:N for GPU N", fault.Message);
    }

    [Fact]
    public void A_missing_GPU_is_reported()
    {
        Libtorch.Require();
        Assert.SkipWhen(torch.cuda.is_available(), "there is a GPU");

        var fault = Assert.Throws<BaselineException>(() => TorchDevice.Find("cuda:1"));
        Assert.StartsWith("device cuda:1 is not available: this build has libtorch for the CPU", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Running_out_of_memory_is_reported_in_one_line_with_advice()
    {
        Libtorch.Require();

        // 64 TiB are more than any machine has, so libtorch itself fails.
        var fault = Assert.Throws<BaselineException>(() => TorchErrors.Translate(() => torch.empty(1L << 44)));

        Assert.StartsWith(
            "there is not enough memory for this network and batch; use a smaller --batch, or --device cpu if GPU memory ran out: ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_libstdcxx_patch_does_not_change_other_files()
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
