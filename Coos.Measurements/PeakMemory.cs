using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements;

/// <summary>The most memory that this process had in use at a time.</summary>
internal static class PeakMemory
{
    /// <summary>As text, in megabytes.</summary>
    public static string Text()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"peak memory {process.PeakWorkingSet64 >> 20:N0} MB");
    }
}
