using System.CommandLine;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;

namespace Coos.Web.Operations;

/// <summary><c>admin backup FILE</c> and <c>admin restore FILE</c>: on the database that the server of the same settings uses.</summary>
internal static class AdminCommand
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments after <c>admin</c>; settings as <c>--Coos:Key=value</c> may be among them.</param>
    /// <returns>0 done, 1 failed, 2 wrong arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                string.Join('\n', result.Errors.Select(e => $"coos: {e.Message}").Append("coos: see coos admin --help"))
            );
            return 2;
        }

        return await result.InvokeAsync();
    }

    private static RootCommand Create()
    {
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a file that is there" };
        var replace = new Option<bool>("--replace") { Description = "Replace a database that holds submissions" };
        return new RootCommand("Looks after the database of a COOS server")
        {
            Command(
                "backup",
                "Write all of the database into one file; the server may go on running",
                overwrite,
                async (settings, file, option) =>
                {
                    await BackupFile.WriteAsync(settings, file, option);
                    return $"{Path.GetFullPath(file)}: {new FileInfo(file).Length:N0} bytes";
                }
            ),
            Command(
                "restore",
                "Put a backup's rows in place of the database's; end the server before, and start it after",
                replace,
                async (settings, file, option) =>
                {
                    await Restore.RunAsync(settings, file, option);
                    return "restored";
                }
            ),
        };
    }

    private static Command Command(string name, string description, Option<bool> option, Func<CoosSettings, string, bool, Task<string>> run)
    {
        var file = new Argument<string>("FILE") { Description = "The backup" };
        var command = new Command(name, description) { file, option };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(
            async (result, _) =>
            {
                try
                {
                    Console.WriteLine(
                        await run(Settings([.. result.UnmatchedTokens]), result.GetRequiredValue(file), result.GetValue(option))
                    );
                    return 0;
                }
                catch (Exception e) when (e is BackupException or StartException)
                {
                    await Console.Error.WriteLineAsync($"coos: {e.Message}");
                    return 1;
                }
            }
        );
        return command;
    }

    private static CoosSettings Settings(string[] args) =>
        SettingsReader.Read(
            new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables()
                .AddCommandLine(args)
                .Build()
        );
}
