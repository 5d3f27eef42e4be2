using System.CommandLine;
using System.IO.Compression;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;

namespace Coos.Cli.Data;

/// <summary><c>coos data labels</c>: writes the label file of a dataset.</summary>
internal static class LabelsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "An HDF5 file or a folder of TIFF files" };
        var cluster = new Option<string?>("--cluster")
        {
            Description = "The vector that groups dependent images; becomes the column well",
            HelpName = "NAME",
        };
        var output = new Option<string>("--out")
        {
            Description = "The label file; compressed if its name ends in .gz",
            HelpName = "CSV",
            Required = true,
        };
        return new Command("labels", "Write image_id,label[,plate][,well]") { path, cluster, output }.Runs(
            (parsed, _) => Write(parsed.GetRequiredValue(path), parsed.GetValue(cluster), parsed.GetRequiredValue(output))
        );
    }

    private static void Write(string path, string? cluster, string output)
    {
        using var set = ImageSet.Open(path);
        var labels = DatasetLabels.Read(set, cluster: cluster);
        Write(labels, output);
        var columns = (labels.Plates is null ? "" : ", plates") + (labels.Wells is null ? "" : ", wells");
        Console.WriteLine($"{output}: {labels.Images.Count} images{columns}");
    }

    /// <summary>Writes a label file atomically.</summary>
    public static void Write(SplitLabels labels, string output) =>
        AtomicFile.Write(
            output,
            part =>
            {
                using var file = AtomicFile.Open(part);
                var isCompressed = output.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
                using Stream content = isCompressed ? new GZipStream(file, CompressionLevel.SmallestSize) : file;
                using var writer = new StreamWriter(content);
                LabelFile.Write(labels, writer);
            }
        );
}
