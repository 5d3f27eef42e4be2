using System.CommandLine;

namespace Coos.Cli.Admin;

/// <summary>
/// <c>coos admin</c>: backs up and restores a server's database, on the server's machine. It runs the server's own program, which
/// knows the database and reads the same settings.
/// </summary>
internal static class ServerAdminCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        new("admin", "Back up or restore the database of a server, on its machine and with its settings")
        {
            CreateAction(
                "backup",
                "Write the whole database to one file; the server may keep running",
                "--overwrite",
                "Replace an existing file"
            ),
            CreateAction(
                "restore",
                "Replace the database's rows with those of a backup; stop the server before, and start it afterwards",
                "--replace",
                "Replace a database that contains submissions"
            ),
        };

    private static Command CreateAction(string name, string description, string optionName, string optionDescription)
    {
        var file = new Argument<string>("FILE") { Description = "The backup" };
        var option = new Option<bool>(optionName) { Description = optionDescription };
        var server = new Option<string?>("--server-program")
        {
            Description = "Coos.Web.dll of the server; found automatically in a checkout",
            HelpName = "PATH",
        };
        const string Settings =
            "Settings come from the environment, or from options such as --Coos:DataDirectory=PATH and --ConnectionStrings:Coos=TEXT";
        var command = new Command(name, $"{description}. {Settings}") { file, option, server };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(
            (result, cancellation) =>
                ServerProgram.RunAsync(
                    result.GetValue(server),
                    [
                        "admin",
                        name,
                        result.GetRequiredValue(file),
                        .. result.GetValue(option) ? [optionName] : Array.Empty<string>(),
                        .. result.UnmatchedTokens,
                    ],
                    result.InvocationConfiguration.Output,
                    result.InvocationConfiguration.Error,
                    cancellation
                )
        );
        return command;
    }
}
