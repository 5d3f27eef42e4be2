using Coos.Baselines.Deep.Native;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>libtorch, where it can be loaded; else the test is skipped with the reason.</summary>
internal static class Libtorch
{
    public static void Require()
    {
        Assert.SkipWhen(TorchRuntime.Problem is not null, TorchRuntime.Problem ?? "");

        // Other test projects run at the same time, and threads of libtorch that wait for one another do so at full speed.
        torch.set_num_threads(1);
    }
}
