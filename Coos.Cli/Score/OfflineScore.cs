using Coos.Evaluator;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Cli.Score;

/// <summary>Scores a prediction file with the server's evaluator.</summary>
internal static class OfflineScore
{
    /// <summary>Reads and scores a file.</summary>
    /// <param name="folder">The benchmark.</param>
    /// <param name="split">The predicted split.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="path">The prediction file: CSV, NumPy or Parquet, also packed with gzip or in a zip.</param>
    /// <param name="problems">Receives the problems of the file.</param>
    /// <param name="warnings">Receives the warnings about the file.</param>
    /// <returns>The score, or null if there is a problem.</returns>
    public static SplitScore? Evaluate(
        BenchmarkFolder folder,
        string split,
        SplitLabels labels,
        string path,
        ProblemList problems,
        List<PredictionWarning> warnings
    )
    {
        var own = new ProblemList();
        var file = new UploadedFile(split, path, () => File.OpenRead(path));
        using var upload = PredictionUpload.Open([file], folder.Benchmark, own);
        var target = new PredictionTarget(split, labels.Images, folder.Benchmark.ClassNames)
        {
            File = path,
            OtherSplits = BenchmarkLabels.ReadOtherImages(folder, split),
        };
        var predictions = upload.Sources.Select(source => PredictionFiles.Read(source, target, own)).FirstOrDefault();
        if (predictions is not null)
        {
            RequiredProbabilities.Check(folder.Benchmark, split, predictions.Probabilities is not null, path, own);
        }

        problems.AddRange(own.WithFile(path));
        if (predictions is null || own.Count > 0)
        {
            return null;
        }

        warnings.AddRange(predictions.Warnings.Select(w => w with { File = path }));
        return SplitEvaluator.Evaluate(
            labels,
            predictions,
            folder.Benchmark.Classes,
            folder.Benchmark.Cluster,
            ScorePlan.Of(folder.Benchmark)
        );
    }
}
