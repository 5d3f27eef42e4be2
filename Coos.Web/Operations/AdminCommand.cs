using System.CommandLine;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;

namespace Coos.Web.Operations;

/// <summary>The commands <c>admin backup FILE</c> and <c>admin restore FILE</c>, for the database in the server's settings.</summary>
internal static class AdminCommand
{
    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments after <c>admin</c>; they may include settings as <c>--Coos:Key=value</c>.</param>
    /// <returns>0 on success, 1 on failure, 2 for wrong arguments.</returns>
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
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an existing file" };
        var replace = new Option<bool>("--replace") { Description = "Replace a database that contains submissions" };
        return new RootCommand("Back up and restore the database of a COOS server")
        {
            Command(
                "backup",
                "Write the whole database to one file; the server can keep running",
                overwrite,
                async (settings, file, option) =>
                {
                    await BackupFile.WriteAsync(settings, file, option);
                    return $"{Path.GetFullPath(file)}: {new FileInfo(file).Length:N0} bytes";
                }
            ),
            Command(
                "restore",
                "Replace all rows of the database by those of a backup; stop the server first and start it afterwards",
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
        var file = new Argument<string>("FILE") { Description = "The backup file" };
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
