using System.CommandLine;
using Coos.Cli.Benchmarks.Wilds;

namespace Coos.Cli.Benchmarks;

/// <summary><c>coos benchmark</c> with its subcommands.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        new("benchmark", "Prepare the folder of a benchmark")
        {
            new Command("labels", "Write the label files of a benchmark from what its dataset says") { WildsLabelsCommand.Create() },
        };
}
