using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Scores;

namespace Coos.Server.Scoring;

/// <summary>Scores the predictions of a submission with the labels in this process's memory.</summary>
internal sealed class SubmissionScorer(BenchmarkCatalog catalog, LabelStore labels)
{
    /// <summary>Scores every split for which the submission has predictions.</summary>
    /// <exception cref="EvaluationException">There are no labels for the predicted images.</exception>
    public async Task<ScoredSubmission> ScoreAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        if (!catalog.TryGet(submission.Benchmark, out var folder))
        {
            throw new EvaluationException($"The benchmark \"{submission.Benchmark}\" was removed from this server.");
        }

        var scores = new List<SplitScore>();
        var versions = new Dictionary<string, Guid>();
        foreach (var split in folder.Benchmark.Splits)
        {
            if (submission.Files.FirstOrDefault(f => f.Split == split.Name) is not { } file)
            {
                continue;
            }

            if (
                !labels.TryGet(submission.Benchmark, split.Name, out var active)
                || !active.Labels.Images.ContentHash.SequenceEqual(file.ImagesHash)
            )
            {
                throw new EvaluationException(
                    $"The images of {split.Name} changed since the submission was received; submit predictions for the current images."
                );
            }

            var predictions = await RecordedPredictions.ReadAsync(database, file, active.Labels.Images, folder.Benchmark, cancellation);
            scores.Add(SplitEvaluator.Evaluate(active.Labels, predictions, folder.Benchmark.Classes, folder.Benchmark.Cluster));
            versions[split.Name] = active.VersionId;
        }

        return new ScoredSubmission(SplitEvaluator.Combine(scores), versions);
    }
}

/// <summary>The scores of a submission.</summary>
/// <param name="Evaluation">The evaluator's result.</param>
/// <param name="LabelVersions">The labels it was made with, by split.</param>
internal sealed record ScoredSubmission(Evaluation Evaluation, IReadOnlyDictionary<string, Guid> LabelVersions);
