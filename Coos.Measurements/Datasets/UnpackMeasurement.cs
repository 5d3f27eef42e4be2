using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Shared.Datasets;
using Coos.Simulator;
using Coos.Simulator.Output;
using Coos.Simulator.Parameters;

namespace Coos.Measurements.Datasets;

/// <summary><c>unpack</c>: times unpacking an HDF5 file to TIFF files, alternating with h5py and tifffile.</summary>
internal static class UnpackMeasurement
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "The number of runs of each program", DefaultValueFactory = _ => 5 };
        var file = new Option<FileInfo?>("--file") { Description = "The HDF5 file; by default, the default training set is simulated" };
        var python = new Option<string>("--python")
        {
            Description = "A Python interpreter with h5py and tifffile to compare with; empty for none",
            DefaultValueFactory = _ => "/usr/bin/python3",
        };
        var command = new Command("unpack", "Unpack an HDF5 file to TIFF files, alternating with h5py and tifffile") { runs, file, python };
        command.SetAction(parsed => Run(parsed.GetValue(runs), parsed.GetValue(file)?.FullName, parsed.GetValue(python)!));
        return command;
    }

    private static void Run(int runs, string? file, string python)
    {
        var folder = Directory.CreateTempSubdirectory("coos-unpack-");
        try
        {
            file ??= Simulate(Path.Combine(folder.FullName, "a_training.hdf5"));
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var run = 0; run < runs; run++)
            {
                ours.Add(Measure(folder, path => Unpack(file, path)));
                if (python.Length > 0)
                {
                    theirs.Add(Measure(folder, path => H5pyTifffile(python, file, path)));
                }
            }

            Report("coos", ours);
            if (theirs.Count > 0)
            {
                Report("h5py + tifffile", theirs);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"unpack: {Median(theirs) / Median(ours):F1} times as fast"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Simulate(string path)
    {
        SimulatedFile.Write(new SimulatedSplit(new SimulationParameters(), 0, SimulationParameters.DefaultSeed), path);
        return path;
    }

    /// <summary>
    /// Measures one run. Each run writes into a new folder, as users do; removing it is not measured. Pending writes of the
    /// previous run are flushed first, so that they do not count for the next program.
    /// </summary>
    private static double Measure(DirectoryInfo folder, Func<string, double> unpack)
    {
        if (OperatingSystem.IsLinux())
        {
            using var sync = Process.Start("sync");
            sync.WaitForExit();
        }

        var target = Path.Combine(folder.FullName, "out");
        try
        {
            return unpack(target);
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    private static double Unpack(string file, string target)
    {
        var clock = Stopwatch.StartNew();
        using var set = ImageSet.Open(file);
        DatasetUnpacker.Unpack(set, target);
        return clock.Elapsed.TotalSeconds;
    }

    private static double H5pyTifffile(string python, string file, string target)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "compare", "h5py_tifffile.py");
        using var process = Process.Start(new ProcessStartInfo(python, [script, file, target]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{script} failed; use --python \"\" to skip the comparison");
    }

    private static void Report(string name, List<double> seconds) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {Median(seconds):F2} s ({seconds.Min():F2} to {seconds.Max():F2}, {seconds.Count} runs)"
            )
        );

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
