using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements;

/// <summary>The processor time of this process since a start time, which measures the cost of work even on a shared machine.</summary>
internal sealed class ProcessorTime
{
    private readonly TimeSpan _start = Now();

    /// <summary>The total seconds of all cores.</summary>
    public double Seconds => (Now() - _start).TotalSeconds;

    /// <summary>Describes the processor time, in seconds.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s of processor time");

    private static TimeSpan Now()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
