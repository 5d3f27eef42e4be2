using Coos.Shared.Datasets;
using Coos.Shared.Datasets.Pictures;

namespace Coos.Cli.Data;

/// <summary>Writes the label files and gallery pictures of a benchmark folder.</summary>
internal static class BenchmarkFolderWriter
{
    /// <summary>Writes labels/SPLIT.csv.gz and gallery/ for each split of a dataset.</summary>
    /// <param name="dataset">A folder of HDF5 files or TIFF folders.</param>
    /// <param name="benchmark">The benchmark's folder.</param>
    /// <param name="cancellation">Stops the work between two files.</param>
    public static void Write(string dataset, string benchmark, CancellationToken cancellation)
    {
        var labels = Directory.CreateDirectory(Path.Combine(benchmark, "labels")).FullName;
        var gallery = Directory.CreateDirectory(Path.Combine(benchmark, "gallery")).FullName;
        foreach (var (split, path) in DatasetFolder.FindSplits(dataset))
        {
            cancellation.ThrowIfCancellationRequested();
            using var set = ImageSet.Open(path);
            LabelsCommand.Write(DatasetLabels.Read(set), Path.Combine(labels, $"{split}.csv.gz"));
            var pictures = Gallery.Write(set, split, gallery);
            Console.WriteLine($"{benchmark}: {split}: labels and {pictures} pictures");
        }
    }
}
