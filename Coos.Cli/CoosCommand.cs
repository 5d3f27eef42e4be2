using System.CommandLine;
using Coos.Cli.Admin;
using Coos.Cli.Baseline;
using Coos.Cli.Data;
using Coos.Cli.Score;
using Coos.Cli.Submit;

namespace Coos.Cli;

/// <summary>The <c>coos</c> command: a table of its subcommands.</summary>
internal static class CoosCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Create(Surroundings surroundings) => new("COOS: score image classifiers on data they have not seen")
    {
        ScoreCommand.Create(),
        SubmitCommand.Create(surroundings),
        DataCommand.Create(),
        BaselineCommand.Create(),
        ServerAdminCommand.Create(),
    };
}
