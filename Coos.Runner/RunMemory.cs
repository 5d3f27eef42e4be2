using System.Globalization;

namespace Coos.Runner;

/// <summary>The highest resident memory of this process since a moment.</summary>
internal sealed class RunMemory : IDisposable
{
    private const string StatusFile = "/proc/self/status";
    private const string Prefix = "VmHWM:";

    // Opened before files can no longer be opened for writing.
    private readonly FileStream? _reset = OpenReset();

    /// <summary>Begins again: what was used before, while the model was loaded, no longer counts.</summary>
    public void Reset()
    {
        try
        {
            _reset?.Write("5"u8);
            _reset?.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The kernel does not allow it; the peak then includes the loading.
        }
    }

    /// <summary>Reads the peak in bytes; 0 where the system does not tell.</summary>
    public static long Read()
    {
        try
        {
            var line = File.ReadLines(StatusFile).FirstOrDefault(l => l.StartsWith(Prefix, StringComparison.Ordinal));
            return line?.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
                ? long.Parse(kibibytes, CultureInfo.InvariantCulture) << 10
                : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reset?.Dispose();

    private static FileStream? OpenReset()
    {
        try
        {
            return new FileStream("/proc/self/clear_refs", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
