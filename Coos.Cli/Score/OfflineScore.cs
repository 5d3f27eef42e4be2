using Coos.Evaluator;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Cli.Score;

/// <summary>Scores a prediction file with the evaluator of the server.</summary>
internal static class OfflineScore
{
    /// <summary>Reads and scores a file.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The split that is predicted.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="path">The prediction file: .csv, .csv.gz or a zip of it.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>The score, or null where there is a problem.</returns>
    public static SplitScore? Evaluate(BenchmarkFolder folder, string split, SplitLabels labels, string path, ProblemList problems)
    {
        var own = new ProblemList();
        var file = new UploadedFile(split, path, () => File.OpenRead(path));
        using var upload = PredictionUpload.Open([file], folder.Benchmark, own);
        var target = new PredictionTarget(split, labels.Images, folder.Benchmark.ClassNames)
        {
            File = path,
            OtherSplits = BenchmarkLabels.OtherImages(folder, split),
        };
        var predictions = upload.Sources.Select(source => PredictionFiles.Read(source, target, own)).FirstOrDefault();
        problems.AddRange(own.WithFile(path));
        return predictions is null ? null : SplitEvaluator.Evaluate(labels, predictions, folder.Benchmark.Classes, folder.Benchmark.Cluster);
    }
}
