using System.IO.Compression;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Evaluator.Tests.Support;

/// <summary>The labels and baselines of coos-sim, which are part of the repository.</summary>
internal static class BundledBoard
{
    private static readonly BenchmarkFolder Folder = BenchmarkFolder.Read(Path.Combine(Checkout.Folder, "benchmarks", "coos-sim"));

    private static readonly Dictionary<string, SplitLabels> Labels = Folder.Benchmark.TestSplits.ToDictionary(
        s => s.Name,
        s => Read(s.Name)
    );

    /// <summary>The number of classes.</summary>
    public static int ClassCount => Folder.Benchmark.Classes.Count;

    /// <summary>The labels of a split.</summary>
    public static SplitLabels LabelsOf(string split) => Labels[split];

    /// <summary>The predictions of a baseline.</summary>
    public static PredictionSet Predictions(string baseline, string split)
    {
        using var text = Open(Path.Combine(Folder.Path, BaselineFolder.ParentName, baseline, split + ".csv.gz"));
        return Sample.ReadGood(text, new PredictionTarget(split, Labels[split].Images, Folder.Benchmark.ClassNames));
    }

    private static SplitLabels Read(string split)
    {
        var problems = new ProblemList();
        using var text = Open(Folder.LabelPath(split) + ".gz");
        var labels = LabelFile.Read(text, split, Folder.Benchmark.ClassNames, problems);
        Assert.Empty(problems.Items);
        return labels!;
    }

    private static GZipStream Open(string path) => new(File.OpenRead(path), CompressionMode.Decompress);
}
