using System.Diagnostics;
using System.Globalization;

namespace Coos.Measurements.Score;

/// <summary>Runs the same work with pandas and scikit-learn, if available.</summary>
internal static class PandasComparison
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "compare", "pandas_scikit_learn.py");

    /// <summary>Measures pandas and scikit-learn on the files of a folder.</summary>
    /// <param name="python">The interpreter; empty for none.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="milliseconds">The median duration.</param>
    /// <param name="report">The text to print.</param>
    public static bool TryRun(string python, string folder, out double milliseconds, out string report)
    {
        milliseconds = 0;
        report = "pandas + scikit-learn: not compared";
        if (!File.Exists(python))
        {
            return false;
        }

        var start = new ProcessStartInfo(python, [Script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS" })
        {
            start.Environment[name] = "1"; // one thread, as in this measurement
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd().TrimEnd();
        process.WaitForExit();
        var last = output.Split('\n')[^1].Split(' ');
        if (process.ExitCode != 0 || last.Length < 2 || !double.TryParse(last[^2], CultureInfo.InvariantCulture, out milliseconds))
        {
            report += $": {error.Result.Trim().Split('\n')[^1]}";
            return false;
        }

        report = output;
        return true;
    }
}
