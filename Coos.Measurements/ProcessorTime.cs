using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements;

/// <summary>The processor time of this process since a moment: on a machine that others use too, what the work costs.</summary>
internal sealed class ProcessorTime
{
    private readonly TimeSpan _start = Now();

    /// <summary>Seconds of all cores together.</summary>
    public double Seconds => (Now() - _start).TotalSeconds;

    /// <summary>As text, in seconds.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.0} s of processor time");

    private static TimeSpan Now()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
