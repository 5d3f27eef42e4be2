using System.CommandLine;
using Coos.Cli.Admin;
using Coos.Cli.Baseline;
using Coos.Cli.Benchmarks;
using Coos.Cli.Data;
using Coos.Cli.Score;
using Coos.Cli.Submit;

namespace Coos.Cli;

/// <summary>The <c>coos</c> command with its subcommands.</summary>
internal static class CoosCommand
{
    /// <summary>Builds the command.</summary>
    public static RootCommand Create(CliEnvironment environment) =>
        new("COOS: score image classifiers on data they have not seen")
        {
            ScoreCommand.Create(),
            SubmitCommand.Create(environment),
            DataCommand.Create(),
            BaselineCommand.Create(),
            BenchmarkCommand.Create(),
            ServerAdminCommand.Create(),
        };
}
