using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;
using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace Coos.Measurements.Datasets;

/// <summary><c>labels</c>: times writing the label file of an HDF5 file of the size of COOS-7's Test3.</summary>
internal static class LabelsMeasurement
{
    private const int Images = 32_596;
    private const int Block = 1024;

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "The number of runs", DefaultValueFactory = _ => 5 };
        var command = new Command("labels", "Write the label file of an HDF5 file of 32,596 images") { runs };
        command.SetAction(parsed => Run(parsed.GetValue(runs)));
        return command;
    }

    private static void Run(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("coos-labels-");
        try
        {
            var file = Write(Path.Combine(folder.FullName, "a_test3.hdf5"));
            for (var run = 0; run < runs; run++)
            {
                var clock = Stopwatch.StartNew();
                using var set = ImageSet.Open(file);
                using var text = new StreamWriter(Path.Combine(folder.FullName, "labels.csv"));
                LabelFile.Write(DatasetLabels.Read(set), text);
                text.Flush();
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"labels: {clock.Elapsed.TotalMilliseconds:F0} ms ({set.Shape.Count} images)"
                    )
                );
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes a file of black images; reading labels does not decode images.</summary>
    private static string Write(string path)
    {
        var data = new H5Dataset<ushort[]>(
            fileDims: [Images, 2, 64, 64],
            chunks: [16, 2, 64, 64],
            datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id])
        );
        var wells = Enumerable.Range(0, Images).Select(i => i % 112L).ToArray();
        var file = new H5File
        {
            ["data"] = data,
            ["labels"] = Array.ConvertAll(wells, w => w % 7),
            ["plates"] = Array.ConvertAll(wells, w => w / 56),
            ["wells"] = wells,
        };
        using var writer = file.BeginWrite(path);
        for (var first = 0; first < Images; first += Block)
        {
            var count = Math.Min(Block, Images - first);
            writer.Write(
                data,
                new ushort[count * 8192],
                fileSelection: new HyperslabSelection(4, [(ulong)first, 0, 0, 0], [(ulong)count, 2, 64, 64])
            );
        }

        return path;
    }
}
