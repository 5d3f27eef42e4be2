using Coos.Cli.Score;
using Coos.Evaluator;
using Coos.Shared.Benchmarks;
using Coos.Shared.Datasets;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Cli.Baseline;

/// <summary>Compares images and predictions with a benchmark's labels, so that predictions for other images are not bundled.</summary>
internal sealed class BundleScores(BenchmarkFolder folder, string data, TextWriter output)
{
    private readonly Dictionary<string, SplitLabels> _labels = ReadLabels(folder);

    /// <summary>Rejects images whose ids or labels differ from those of the benchmark.</summary>
    /// <exception cref="DatasetException">They differ.</exception>
    public void RequireSameLabels()
    {
        foreach (var (split, path) in DatasetFolder.FindSplits(data).Where(s => _labels.ContainsKey(s.Key)))
        {
            using var set = ImageSet.Open(path);
            var (actual, expected) = (DatasetLabels.Read(set, folder.Benchmark.Classes.Count), _labels[split]);
            if (
                !actual.Images.ContentHash.SequenceEqual(expected.Images.ContentHash)
                || !actual.Classes.AsSpan().SequenceEqual(expected.Classes)
            )
            {
                throw new DatasetException(
                    path,
                    ImageSet.LabelVector,
                    null,
                    $"image ids or labels differ from those of {folder.Benchmark.Slug} ({folder.LabelPath(split)}.gz); "
                        + "these are different images"
                );
            }
        }
    }

    /// <summary>Prints the scores of the splits that have labels.</summary>
    /// <param name="predictions">A folder of SPLIT.csv.gz files.</param>
    /// <exception cref="DatasetException">A file has a problem that the server would reject it for.</exception>
    public void Print(string predictions)
    {
        var problems = new ProblemList();
        var scores = new List<SplitScore>();
        foreach (var split in folder.Benchmark.TestSplits.Where(s => _labels.ContainsKey(s.Name)))
        {
            var path = Path.Combine(predictions, split.Name + ".csv.gz");
            if (OfflineScore.Evaluate(folder, split.Name, _labels[split.Name], path, problems, []) is not { } score)
            {
                throw new DatasetException(problems.Items[0].ToString());
            }

            scores.Add(score);
        }

        if (scores.Count > 0)
        {
            Report.Console(output).Write(Report.Splits(SplitEvaluator.Combine(scores)));
        }
    }

    private static Dictionary<string, SplitLabels> ReadLabels(BenchmarkFolder folder)
    {
        var labels = new Dictionary<string, SplitLabels>();
        foreach (var split in folder.Benchmark.Splits)
        {
            var problems = new ProblemList();
            if (BenchmarkLabels.Find(folder, split.Name) is { } path)
            {
                labels[split.Name] =
                    BenchmarkLabels.Read(path, folder.Benchmark, problems) ?? throw new DatasetException(problems.Items[0].ToString());
            }
        }

        return labels;
    }
}
