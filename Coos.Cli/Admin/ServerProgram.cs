using System.Diagnostics;

namespace Coos.Cli.Admin;

/// <summary>The program of the server.</summary>
internal static class ServerProgram
{
    private const string FileName = "Coos.Web.dll";

    /// <summary>Runs it, and hands on what it prints.</summary>
    /// <param name="path">Where it is; null to look for it.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where problems go.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string? path, IEnumerable<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        path ??= Candidates().FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path))
        {
            await error.WriteLineAsync($"coos: {path ?? FileName} is not there; name the server's program with --server-program PATH");
            return CommandLine.Failed;
        }

        using var process = Process.Start(new ProcessStartInfo("dotnet", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var printed = process.StandardOutput.ReadToEndAsync(cancellation);
            var problems = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await output.WriteAsync(await printed);
            await error.WriteAsync(await problems);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // A backup that is broken off leaves nothing, a restore changes nothing.
            process.Kill();
            throw;
        }
    }

    /// <summary>Beside this program, where both were published to one folder; or in the checkout, of the same configuration.</summary>
    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.GetFullPath(AppContext.BaseDirectory.Replace("Coos.Cli.Tests", "Coos.Web", StringComparison.Ordinal).Replace("Coos.Cli", "Coos.Web", StringComparison.Ordinal) + FileName);
    }
}
