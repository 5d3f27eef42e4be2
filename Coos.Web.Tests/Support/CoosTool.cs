using System.Diagnostics;

namespace Coos.Web.Tests.Support;

/// <summary>The command line as it is built beside the tests, in a process of its own.</summary>
internal static class CoosTool
{
    /// <summary>Runs it and returns what it prints.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        // bin/Release/net10.0 of the tests is bin/Release/net10.0 of the tool.
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
