using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements.Arrays;

/// <summary>Times numpy.load of archives, all arrays of each, in one Python process.</summary>
internal static class NumpyLoad
{
    private const string Program = """
        import sys, time
        import numpy as np
        def load(path):
            with np.load(path) as file:
                return {name: file[name] for name in file.files}
        for path in sys.argv[2:]:
            load(path)
        for _ in range(int(sys.argv[1])):
            start = time.perf_counter()
            for path in sys.argv[2:]:
                load(path)
            print(1000 * (time.perf_counter() - start))
        """;

    /// <summary>Times it.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="paths">The archives.</param>
    /// <param name="runs">How often all are loaded.</param>
    /// <returns>The durations; null if there is no such Python, or it has no NumPy.</returns>
    public static Timings? Measure(string python, IReadOnlyList<string> paths, int runs)
    {
        var start = new ProcessStartInfo(python)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", Program, runs.ToString(CultureInfo.InvariantCulture) },
        };
        foreach (var path in paths)
        {
            start.ArgumentList.Add(path);
        }

        try
        {
            using var process = Process.Start(start)!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && lines.Length == runs
                ? new Timings(lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture)))
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
