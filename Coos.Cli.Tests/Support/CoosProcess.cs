using System.Diagnostics;

namespace Coos.Cli.Tests.Support;

/// <summary>The command as a process of its own, for what a process alone has: signals and a number of processors.</summary>
internal static class CoosProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="processors">How many processors .NET believes it has.</param>
    /// <param name="args">The arguments.</param>
    public static Process Start(int processors, params string[] args)
    {
        // Tests that run in a shell's background inherit that Ctrl-C is ignored, and so would the command: env undoes that.
        string[] command = [.. OperatingSystem.IsLinux() ? (string[])["env", "--default-signal=INT"] : [], "dotnet", Path.Combine(AppContext.BaseDirectory, "coos.dll"), .. args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code and what it wrote on standard error.</returns>
    public static async Task<(int ExitCode, string Error)> EndAsync(this Process process, CancellationToken cancellation)
    {
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await output;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, error);
    }
}
