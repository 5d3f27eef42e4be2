using Coos.Baselines.Deep.Native;
using TorchSharp;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Skips a test with the reason if libtorch cannot be loaded.</summary>
internal static class Libtorch
{
    public static void Require()
    {
        Assert.SkipWhen(TorchRuntime.Problem is not null, TorchRuntime.Problem ?? "");

        // Other test projects run at the same time, and waiting threads of libtorch use a full core each.
        torch.set_num_threads(1);
    }
}
