using System.Diagnostics;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>Runs examples of the documentation and of pages in the programs that they are for.</summary>
internal static class ExampleProgram
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Skips the test if a program does not run.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">What it must be able to do.</param>
    /// <param name="what">What is missing then.</param>
    public static async Task SkipUnlessAsync(string program, string[] arguments, string what)
    {
        try
        {
            if ((await StartAsync(Path.GetTempPath(), program, arguments, "")).Code == 0)
            {
                return;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // The program is not installed.
        }

        Assert.Skip($"{what} is not installed");
    }

    /// <summary>Runs a program, which must succeed.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="token">The value of COOS_TOKEN.</param>
    /// <returns>Its output.</returns>
    public static async Task<string> RunAsync(string folder, string program, string[] arguments, string token = "")
    {
        var (code, output, error) = await StartAsync(folder, program, arguments, token);
        Assert.True(code == 0, $"{program} exited with code {code}: {error}\n{output}");
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(
        string folder,
        string program,
        string[] arguments,
        string token
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["COOS_TOKEN"] = token },
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output, await error);
    }
}
