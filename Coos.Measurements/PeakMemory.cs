using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements;

/// <summary>The peak memory of this process.</summary>
internal static class PeakMemory
{
    /// <summary>Describes the peak memory, in megabytes.</summary>
    public static string Describe()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"peak memory {process.PeakWorkingSet64 >> 20:N0} MB");
    }
}
