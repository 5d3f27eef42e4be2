using System.IO.Compression;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Measurements.Statistics;

/// <summary>Reads the labels of a benchmark folder, and folders of prediction files for it.</summary>
internal sealed class PredictionFolders(BenchmarkFolder folder)
{
    private readonly Dictionary<string, SplitLabels> _labels = [];

    /// <summary>Reads the labels of a split.</summary>
    /// <exception cref="InvalidDataException">The file has a problem.</exception>
    public SplitLabels ReadLabels(string split)
    {
        if (!_labels.TryGetValue(split, out var labels))
        {
            var problems = new ProblemList();
            using var text = Open(folder.LabelPath(split));
            labels = LabelFile.Read(text, split, folder.Benchmark.ClassNames, problems) ?? throw CreateException(problems);
            _labels[split] = labels;
        }

        return labels;
    }

    /// <summary>Reads <c>SPLIT.csv.gz</c> or <c>SPLIT.csv</c> of a folder.</summary>
    /// <exception cref="InvalidDataException">The file has a problem.</exception>
    public PredictionSet ReadPredictions(string path, string split)
    {
        var problems = new ProblemList();
        using var text = Open(Path.Combine(path, split + ".csv"));
        var target = new PredictionTarget(split, ReadLabels(split).Images, folder.Benchmark.ClassNames);
        return PredictionReader.Read(text, target, problems) ?? throw CreateException(problems);
    }

    private static Stream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);

    private static InvalidDataException CreateException(ProblemList problems) => new(problems.Items[0].ToString());
}
