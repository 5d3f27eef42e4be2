using System.Runtime.InteropServices;

namespace Coos.Baselines.Deep.Native;

/// <summary>Turns what libtorch throws into one line; for want of memory, into one that says what to do.</summary>
internal static class TorchFaults
{
    private static readonly string[] Signs = ["out of memory", "not enough memory", "can't allocate memory", "CUDNN_STATUS_ALLOC_FAILED"];

    private const string OfTraining = "this network and batch; use a smaller --batch, or --device cpu where it was a GPU's";

    /// <summary>Does some work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="want">What memory may not suffice for, and what to do then.</param>
    /// <exception cref="BaselineException">There is not enough memory, or libtorch failed otherwise.</exception>
    public static T Catch<T>(Func<T> work, string want = OfTraining)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (IsOutOfMemory(fault))
        {
            throw new BaselineException($"there is not enough memory for {want}: {FirstLine(fault.Message)}", fault);
        }
        catch (ExternalException fault)
        {
            throw new BaselineException($"libtorch failed: {FirstLine(fault.Message)}", fault);
        }
    }

    private static bool IsOutOfMemory(Exception fault) =>
        fault is OutOfMemoryException || (fault is ExternalException && Signs.Any(s => fault.Message.Contains(s, StringComparison.OrdinalIgnoreCase)));

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
