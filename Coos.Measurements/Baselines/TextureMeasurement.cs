using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Baselines.Texture;
using Coos.Shared.Datasets;

namespace Coos.Measurements.Baselines;

/// <summary><c>texture</c>: times the texture features of a dataset, including reading, on all cores.</summary>
internal static class TextureMeasurement
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var data = new Argument<string>("FILE") { Description = "An HDF5 file or a TIFF folder" };
        var command = new Command("texture", "Time texture features, with one image per core") { data };
        command.SetAction(result => Run(result.GetRequiredValue(data)));
        return command;
    }

    private static int Run(string path)
    {
        using var set = ImageSet.Open(path);
        for (var run = 1; run <= 5; run++)
        {
            var (clock, processor) = (Stopwatch.StartNew(), new ProcessorTime());
            TextureFeatures.Compute(set);
            var work = 1000 * processor.Seconds / set.Shape.Count;
            var milliseconds = clock.Elapsed.TotalMilliseconds / set.Shape.Count;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"run {run}: {milliseconds:0.000} ms per image, "
                        + $"{milliseconds * Environment.ProcessorCount:0.000} ms per image and core, {work:0.000} ms of processor time"
                )
            );
        }

        Console.WriteLine(PeakMemory.Describe());
        return 0;
    }
}
