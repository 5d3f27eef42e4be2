using System.CommandLine;

namespace Coos.Cli.Data;

/// <summary><c>coos data</c>: a table of its subcommands.</summary>
internal static class DataCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create() => new("data", "Look into datasets, unpack, label and simulate them")
    {
        InfoCommand.Create(),
        UnpackCommand.Create(),
        LabelsCommand.Create(),
        SimulateCommand.Create(),
    };
}
