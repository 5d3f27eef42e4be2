using System.CommandLine;
using Coos.Cli.Data;

namespace Coos.Cli;

/// <summary>The <c>coos</c> command: a table of its subcommands.</summary>
internal static class CoosCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Create() => new("COOS: score image classifiers on data they have not seen")
    {
        DataCommand.Create(),
    };
}
