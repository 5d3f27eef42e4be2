using Coos.Evaluator;
using Coos.Evaluator.Disclosures;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Coos.Shared.Scores;

namespace Coos.Server.Scoring;

/// <summary>Scores the predictions of a submission with the labels in this process's memory.</summary>
internal sealed class SubmissionScorer(BenchmarkCatalog catalog, LabelStore labels, ScorerCache scorers, ReceivedPredictions received)
{
    /// <summary>Scores every split for which the submission has predictions.</summary>
    /// <exception cref="EvaluationException">There are no labels for the predicted images.</exception>
    public async Task<ScoredSubmission> ScoreAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        if (!catalog.TryGet(submission.Benchmark, out var folder))
        {
            throw new EvaluationException($"The benchmark \"{submission.Benchmark}\" was removed from this server.");
        }

        var (scores, sealedScores) = (new List<SplitScore>(), new List<SealedScore>());
        var hashes = new List<(string Split, string Hash)>();
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

            if (!received.TryTake(file.Hash, split.Name, out var predictions))
            {
                predictions = await RecordedPredictions.ReadAsync(database, file, active.Labels.Images, folder.Benchmark, cancellation);
            }

            var score = Evaluate(active.Parts.Public, predictions, folder.Benchmark);
            scores.Add(score);
            if (active.Parts.IsSealing)
            {
                sealedScores.Add(EvaluateSealed(active.Parts, predictions, score, folder.Benchmark));
            }

            hashes.Add((split.Name, active.Parts.Hash));
            versions[split.Name] = active.VersionId;
        }

        return new ScoredSubmission(SplitEvaluator.Combine(scores), sealedScores, Evaluation.CombineHashes(hashes), versions);
    }

    private SplitScore Evaluate(SplitPart part, PredictionSet predictions, Benchmark benchmark) =>
        scorers.Get(part.Labels, benchmark).Evaluate(part.Select(predictions));

    /// <summary>Scores the sealed part; a split without sealed labels has only one score.</summary>
    private SealedScore EvaluateSealed(SplitParts parts, PredictionSet predictions, SplitScore open, Benchmark benchmark) =>
        new(
            parts.Sealed is { } part ? Evaluate(part, predictions, benchmark) : open,
            benchmark.Ranking.HasLossOfBalancedError
                ? PartDifference.Compute(parts, predictions.Classes, benchmark.Classes.Count, benchmark.Cluster)
                : null
        );
}

/// <summary>The scores of a submission.</summary>
/// <param name="Evaluation">The evaluator's result on the public part of the labels.</param>
/// <param name="Sealed">The scores on the sealed part, one per split; empty for a benchmark without one.</param>
/// <param name="LabelsHash">The hash over the labels and their division (<see cref="ActiveLabelVersions.HashFor"/>).</param>
/// <param name="LabelVersions">The labels it was made with, by split.</param>
internal sealed record ScoredSubmission(
    Evaluation Evaluation,
    IReadOnlyList<SealedScore> Sealed,
    string LabelsHash,
    IReadOnlyDictionary<string, Guid> LabelVersions
);

/// <summary>The score of a split on the sealed part.</summary>
/// <param name="Score">The report.</param>
/// <param name="Difference">
/// Its error minus that on the public part; null if the split has no sealed labels, or the benchmark ranks by another metric.
/// </param>
internal sealed record SealedScore(SplitScore Score, PartDifference? Difference);
