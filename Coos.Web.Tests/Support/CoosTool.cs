using System.Diagnostics;

namespace Coos.Web.Tests.Support;

/// <summary>Runs the command line tool, built next to the tests, as a process.</summary>
internal static class CoosTool
{
    /// <summary>Runs the tool and returns its standard output.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        // The output folders of tests and tool have the same relative path, such as bin/Release/net10.0.
        var target = new DirectoryInfo(AppContext.BaseDirectory);
        var tool = Path.Combine(Checkout.Folder, "Coos.Cli", "bin", target.Parent!.Name, target.Name, "coos.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start");
        var error = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"coos {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }
}
