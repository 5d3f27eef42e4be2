using System.Diagnostics;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>Runs the system's Python; skips a test with the reason if a package is missing.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    public static void Require(params string[] packages) =>
        Assert.SkipUnless(
            File.Exists(Program) && Run("-c", $"import {string.Join(", ", packages)}").ExitCode == 0,
            $"{Program} does not have all of {string.Join(", ", packages)} "
                + $"(Debian: apt-get install {string.Join(' ', packages.Select(p => $"python3-{p}"))})"
        );

    /// <summary>Runs a script.</summary>
    /// <returns>The exit code and the standard output, or the standard error if it failed.</returns>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : error.Result);
    }
}
