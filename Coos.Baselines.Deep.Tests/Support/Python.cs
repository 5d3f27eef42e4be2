using System.Diagnostics;

namespace Coos.Baselines.Deep.Tests.Support;

/// <summary>The system's Python, where it has the packages that a test needs; else the test is skipped with the reason.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    public static void Require(params string[] packages) => Assert.SkipUnless(
        File.Exists(Program) && Run("-c", $"import {string.Join(", ", packages)}").ExitCode == 0,
        $"{Program} has not all of {string.Join(", ", packages)} (Debian: apt-get install {string.Join(' ', packages.Select(p => $"python3-{p}"))})");

    /// <summary>Runs a script.</summary>
    /// <returns>The exit code, and what it printed; where it failed, what it said on standard error.</returns>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : error.Result);
    }
}
