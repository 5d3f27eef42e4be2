using System.CommandLine;

namespace Coos.Cli.Admin;

/// <summary>
/// <c>coos admin</c>: looks after a server's database, on the machine where it is. The server's own program does it, for it
/// knows the database and reads the same settings.
/// </summary>
internal static class ServerAdminCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() => new("admin", "Look after the database of a server, on its machine and with its settings")
    {
        Action("backup", "Write all of the database into one file; the server may go on running", "--overwrite", "Replace a file that is there"),
        Action("restore", "Put a backup's rows in place of the database's; end the server before, and start it after", "--replace", "Replace a database that holds submissions"),
    };

    private static Command Action(string name, string description, string optionName, string optionDescription)
    {
        var file = new Argument<string>("FILE") { Description = "The backup" };
        var option = new Option<bool>(optionName) { Description = optionDescription };
        var server = new Option<string?>("--server-program") { Description = "Coos.Web.dll of the server; found by itself in a checkout", HelpName = "PATH" };
        var command = new Command(name, description + ". Settings are those of the environment; others as --Coos:DataDirectory=PATH or --ConnectionStrings:Coos=TEXT") { file, option, server };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, cancellation) => ServerProgram.RunAsync(
            result.GetValue(server),
            ["admin", name, result.GetRequiredValue(file), .. result.GetValue(option) ? [optionName] : Array.Empty<string>(), .. result.UnmatchedTokens],
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellation));
        return command;
    }
}
