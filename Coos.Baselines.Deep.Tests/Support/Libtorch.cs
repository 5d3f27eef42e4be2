using Coos.Baselines.Deep.Native;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>libtorch, where it can be loaded; else the test is skipped with the reason.</summary>
internal static class Libtorch
{
    public static void Require() => Assert.SkipWhen(TorchRuntime.Problem is not null, TorchRuntime.Problem ?? "");
}
