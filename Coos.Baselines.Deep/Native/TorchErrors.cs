using System.Runtime.InteropServices;

namespace Coos.Baselines.Deep.Native;

/// <summary>Translates exceptions of libtorch into one line, with advice if memory runs out.</summary>
internal static class TorchErrors
{
    private static readonly string[] OutOfMemoryMessages =
    [
        "out of memory",
        "not enough memory",
        "can't allocate memory",
        "CUDNN_STATUS_ALLOC_FAILED",
    ];

    private const string TrainingAdvice = "this network and batch; use a smaller --batch, or --device cpu if GPU memory ran out";

    /// <summary>Runs some work and translates its exceptions.</summary>
    /// <param name="work">The work.</param>
    /// <param name="advice">What there may not be enough memory for, and what to do about it.</param>
    /// <exception cref="BaselineException">Memory ran out, or libtorch failed for another reason.</exception>
    public static T Translate<T>(Func<T> work, string advice = TrainingAdvice)
    {
        try
        {
            return work();
        }
        catch (Exception fault) when (IsOutOfMemory(fault))
        {
            throw new BaselineException($"there is not enough memory for {advice}: {FirstLine(fault.Message)}", fault);
        }
        catch (ExternalException fault)
        {
            throw new BaselineException($"libtorch failed: {FirstLine(fault.Message)}", fault);
        }
    }

    private static bool IsOutOfMemory(Exception fault) =>
        fault is OutOfMemoryException
        || (fault is ExternalException && OutOfMemoryMessages.Any(m => fault.Message.Contains(m, StringComparison.OrdinalIgnoreCase)));

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
