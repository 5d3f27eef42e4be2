using System.Globalization;
using TorchSharp;

namespace Coos.Baselines.Deep.Native;

/// <summary>Chooses the device that networks run on.</summary>
public static class TorchDevice
{
    /// <summary>The available choices, for messages.</summary>
    public const string Choices = "auto, cpu, cuda, or cuda:N for GPU N";

    /// <summary>Loads libtorch and finds a device.</summary>
    /// <param name="name">The name; <c>auto</c> uses a GPU if this build and machine have one.</param>
    /// <exception cref="BaselineException">The device is unknown or not available.</exception>
    public static torch.Device Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = 0;
        var hasIndex =
            name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index);
        if (!hasIndex && name is not ("auto" or "cpu" or "cuda"))
        {
            throw new BaselineException($"unknown device {name}; choose {Choices}");
        }

        TorchRuntime.Require();
        if (name == "cpu" || (name == "auto" && !HasCuda()))
        {
            return torch.CPU;
        }

        if (!HasCuda())
        {
            throw new BaselineException(
                $"device {name} is not available: this build has libtorch for the CPU, or the machine has no NVIDIA driver; "
                    + "build with -p:Libtorch=cuda on a machine with one, or use --device cpu"
            );
        }

        return index < torch.cuda.device_count()
            ? torch.device(DeviceType.CUDA, index)
            : throw new BaselineException(
                $"device {name} is not available; this machine has {torch.cuda.device_count()} GPUs, counted from 0"
            );
    }

    private static bool HasCuda() => torch.cuda.is_available();
}
