using System.Diagnostics;

namespace Coos.Cli.Admin;

/// <summary>Runs the server's program (Coos.Web.dll).</summary>
internal static class ServerProgram
{
    private const string FileName = "Coos.Web.dll";

    /// <summary>Runs the program and copies its output.</summary>
    /// <param name="path">The path of the program; null to search for it.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives problems.</param>
    /// <param name="cancellation">Kills the program.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(
        string? path,
        IEnumerable<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        path ??= Candidates().FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path))
        {
            await error.WriteLineAsync($"coos: {path ?? FileName} does not exist; specify the server's program with --server-program PATH");
            return CommandLine.Failed;
        }

        var start = new ProcessStartInfo("dotnet", [path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
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
            // An interrupted backup leaves no file, and an interrupted restore leaves the database unchanged.
            process.Kill();
            throw;
        }
    }

    /// <summary>Next to this program if both were published to one folder, or in the checkout, built with the same configuration.</summary>
    private static IEnumerable<string> Candidates()
    {
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        var folder = AppContext
            .BaseDirectory.Replace("Coos.Cli.Tests", "Coos.Web", StringComparison.Ordinal)
            .Replace("Coos.Cli", "Coos.Web", StringComparison.Ordinal);
        yield return Path.GetFullPath(folder + FileName);
    }
}
