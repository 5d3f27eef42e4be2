using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Datasets;

/// <summary><c>simulate</c>: measures how many images per second are drawn and written.</summary>
internal static class SimulateMeasurement
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "The number of runs", DefaultValueFactory = _ => 3 };
        var command = new Command("simulate", "Draw the default training set and write it as HDF5, on all cores") { runs };
        command.SetAction(parsed => Run(parsed.GetValue(runs)));
        return command;
    }

    private static void Run(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("coos-simulate-");
        try
        {
            for (var run = 0; run < runs; run++)
            {
                var clock = Stopwatch.StartNew();
                var split = new SimulatedSplit(new SimulationParameters(), 0, SimulationParameters.DefaultSeed);
                SimulatedFile.Write(split, Path.Combine(folder.FullName, "a.hdf5"));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"simulate: {split.Count / clock.Elapsed.TotalSeconds:F0} images/s ({split.Count} images in "
                            + $"{clock.Elapsed.TotalSeconds:F2} s, {Environment.ProcessorCount} cores)"
                    )
                );
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
