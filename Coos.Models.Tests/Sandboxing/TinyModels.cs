using Coos.Models.Protocol;
using Coos.Models.Sandboxing;
using Coos.Testing;

namespace Coos.Models.Tests.Sandboxing;

/// <summary>Runs the files of <c>testdata/models</c> in the sandbox of this machine.</summary>
internal static class TinyModels
{
    public const int Classes = 7;

    private static readonly Lazy<(Sandbox? Sandbox, string? Reason)> Opened = new(Open);

    public static SandboxLimits Limits { get; } = new(2L << 30, TimeSpan.FromSeconds(60), 1);

    public static RunnerRequest Request { get; } =
        new()
        {
            ModelBytes = 0,
            Channels = 2,
            Height = 64,
            Width = 64,
            Bits = 16,
            Classes = Classes,
            Threads = 1,
            CountsWork = true,
        };

    /// <summary>The sandbox; the test is skipped where it does not work.</summary>
    public static Sandbox Sandbox
    {
        get
        {
            Assert.SkipWhen(Opened.Value.Sandbox is null, Opened.Value.Reason ?? "");
            return Opened.Value.Sandbox!;
        }
    }

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Checkout.Folder, "testdata", "models", $"{name}.onnx"));

    public static RunningModel Load(string name) => Load(Read(name), Limits, TestContext.Current.CancellationToken);

    public static RunningModel Load(byte[] model, SandboxLimits limits, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(model);
        return Sandbox.Load(stream, Request with { ModelBytes = model.Length }, limits, cancellation);
    }

    public static ModelProblem Refuse(string name, SandboxLimits? limits = null) => Refuse(Read(name), limits);

    public static ModelProblem Refuse(byte[] model, SandboxLimits? limits = null) =>
        Assert.Throws<ModelException>(() => Load(model, limits ?? Limits, TestContext.Current.CancellationToken).Dispose()).Problem;

    private static (Sandbox?, string?) Open()
    {
        try
        {
            return (Sandbox.Open(SandboxKind.Bubblewrap), null);
        }
        catch (SandboxException e)
        {
            return (null, e.Message);
        }
    }
}
