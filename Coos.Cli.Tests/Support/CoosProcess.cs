using System.Diagnostics;

namespace Coos.Cli.Tests.Support;

/// <summary>Runs the command in its own process, for tests of signals and of the number of processors.</summary>
internal static class CoosProcess
{
    /// <summary>Starts the process.</summary>
    /// <param name="processors">The number of processors that .NET sees.</param>
    /// <param name="args">The arguments.</param>
    public static Process Start(int processors, params string[] args)
    {
        // A shell's background jobs ignore Ctrl-C, and child processes inherit that; env restores the default.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];
        string[] command = [.. prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "coos.dll"), .. args];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>The exit code and the text on standard error.</returns>
    public static async Task<(int ExitCode, string Error)> EndAsync(this Process process, CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await output;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, error);
    }
}
