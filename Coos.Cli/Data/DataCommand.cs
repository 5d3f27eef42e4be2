using System.CommandLine;

namespace Coos.Cli.Data;

/// <summary><c>coos data</c> with its subcommands.</summary>
internal static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() =>
        new("data", "Inspect, unpack, label, simulate and index datasets")
        {
            InfoCommand.Create(),
            UnpackCommand.Create(),
            LabelsCommand.Create(),
            SimulateCommand.Create(),
            IndexCommand.Create(),
        };
}
