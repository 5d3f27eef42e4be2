using System.CommandLine;
using System.Globalization;
using Coos.Shared.Datasets;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Cli.Data;

/// <summary><c>coos data simulate</c>: writes the images of the simulated benchmark.</summary>
internal static class SimulateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            Description = "The folder for COOS-SIM_v1.0_training.hdf5, ..._test1.hdf5, ...",
            HelpName = "DIR",
            Required = true,
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "The same seed gives the same files on any machine",
            HelpName = "N",
            DefaultValueFactory = _ => SimulationParameters.DefaultSeed,
        };
        var scale = new Option<double>("--scale")
        {
            Description = "The number of images relative to the default",
            HelpName = "X",
            DefaultValueFactory = _ => 1,
        };
        var benchmark = new Option<string?>("--benchmark")
        {
            Description = "A benchmark folder whose labels and gallery are also rewritten",
            HelpName = "FOLDER",
        };
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1000))
            {
                result.AddError("--scale must be greater than 0 and at most 1000");
            }
        });
        return new Command("simulate", "Simulate a COOS dataset: five splits of two-channel cells in seven compartments")
        {
            output,
            seed,
            scale,
            benchmark,
        }.Runs(
            (parsed, cancellation) =>
                Simulate(
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(seed),
                    parsed.GetValue(scale),
                    parsed.GetValue(benchmark),
                    cancellation
                )
        );
    }

    /// <summary>Writes all splits into a folder.</summary>
    /// <param name="output">The folder.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="scale">The number of images relative to the default.</param>
    /// <param name="benchmark">A benchmark folder whose labels and gallery are also rewritten; null for none.</param>
    /// <param name="cancellation">Stops the work between two images.</param>
    public static void Simulate(string output, ulong seed, double scale, string? benchmark, CancellationToken cancellation)
    {
        using var outputLock = OutputLock.Acquire(output);
        var parameters = new SimulationParameters();
        parameters = parameters with { Design = parameters.Design.Scaled(scale) };
        var names = parameters.Design.Splits.Select(s => s.Name).ToArray();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var images = 0;
        for (var i = 0; i < names.Length; i++)
        {
            var split = new SimulatedSplit(parameters, i, seed);
            var path = Path.Combine(output, SimulatedFile.FileName(names[i]));
            ProgressBar.Show(
                $"simulate {names[i]}",
                split.Count,
                progress =>
                {
                    SimulatedFile.Write(split, path, progress: progress, cancellation: cancellation);
                    return split.Count;
                }
            );
            images += split.Count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {split.Count} images"));
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{images} images in {clock.Elapsed.TotalSeconds:F1} s, {images / clock.Elapsed.TotalSeconds:F0} images/s"
            )
        );
        if (benchmark is not null)
        {
            BenchmarkFolderWriter.Write(output, benchmark, cancellation);
        }
    }
}
