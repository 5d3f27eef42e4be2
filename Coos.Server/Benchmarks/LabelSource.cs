using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;
using Coos.Shared.Packing;
using Coos.Shared.Predictions;

namespace Coos.Server.Benchmarks;

/// <summary>A split's label file: <c>labels/SPLIT.csv</c>, <c>.csv.gz</c>, or a dataset file <c>labels/*_SPLIT.hdf5</c>.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Stamp">The path, modification time and length of the file, to detect changes.</param>
internal sealed record LabelSource(string Path, string Stamp)
{
    /// <summary>Finds the label file of a split.</summary>
    /// <returns>The file; null if there is none.</returns>
    /// <exception cref="LabelSourceException">There are several label files, or the folder cannot be read.</exception>
    public static LabelSource? Find(BenchmarkFolder folder, string split)
    {
        try
        {
            return FindFile(folder, split);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabelSourceException($"{System.IO.Path.Combine(folder.Path, "labels")}: cannot be read: {e.Message}", e);
        }
    }

    private static LabelSource? FindFile(BenchmarkFolder folder, string split)
    {
        var labels = System.IO.Path.Combine(folder.Path, "labels");
        string[] files = Directory.Exists(labels)
            ? [.. Directory.EnumerateFiles(labels).Where(f => IsOf(System.IO.Path.GetFileName(f), split)).Order(StringComparer.Ordinal)]
            : [];
        return files.Length switch
        {
            0 => null,
            1 => new LabelSource(files[0], ReadStamp(files[0])),
            _ => throw new LabelSourceException(
                $"{labels}: {string.Join(" and ", files.Select(System.IO.Path.GetFileName))} contain labels of {split}; keep one of them"
            ),
        };
    }

    /// <summary>Whether a file in <c>labels/</c> is a label file of a split, by its name.</summary>
    public static bool IsOf(string name, string split) =>
        name == split + ".csv" || name == split + ".csv.gz" || name.EndsWith($"_{split}.hdf5", StringComparison.Ordinal);

    /// <summary>Reads the labels.</summary>
    /// <exception cref="LabelSourceException">
    /// The file is invalid, lacks a column of groups, or its number of images differs from the manifest.
    /// </exception>
    public SplitLabels Read(Benchmark benchmark, Split split)
    {
        var labels = Path.EndsWith(".hdf5", StringComparison.Ordinal) ? ReadDataset(benchmark) : ReadText(benchmark);
        var problems = new ProblemList();
        GroupColumnCheck.Report(benchmark, split, labels, Path, problems);
        if (problems.Count > 0)
        {
            throw new LabelSourceException(string.Join('\n', problems.Items));
        }

        return split.Images is { } expected && expected != labels.Images.Count
            ? throw new LabelSourceException(
                $"{Path}: contains {labels.Images.Count} images, but the manifest says {expected}; "
                    + "complete the file or correct the manifest"
            )
            : labels;
    }

    private SplitLabels ReadDataset(Benchmark benchmark)
    {
        try
        {
            using var set = ImageSet.Open(Path);
            return DatasetLabels.Read(set, benchmark.Classes.Count);
        }
        catch (DatasetException e)
        {
            throw new LabelSourceException(e.Message, e);
        }
    }

    private SplitLabels ReadText(Benchmark benchmark)
    {
        var problems = new ProblemList();
        try
        {
            using var file = File.OpenRead(Path);
            using var text = Path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipText(file) : (Stream)file;
            return LabelFile.Read(text, Path, benchmark.ClassNames, problems)
                ?? throw new LabelSourceException(string.Join('\n', problems.Items));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new LabelSourceException($"{Path}: cannot be read: {e.Message}", e);
        }
    }

    private static string ReadStamp(string path)
    {
        var file = new FileInfo(path);
        return $"{path} {file.LastWriteTimeUtc.Ticks} {file.Length}";
    }
}
