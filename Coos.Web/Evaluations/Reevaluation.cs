using Coos.Evaluator;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Web.Benchmarks;
using Coos.Web.Data;
using Coos.Web.Leaderboard;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Evaluations;

/// <summary>
/// Has submissions scored anew whose scores were made with other labels or by another evaluator. They wait
/// like new ones, and show their old scores meanwhile.
/// </summary>
internal sealed partial class Reevaluation(
    IDbContextFactory<CoosDbContext> databases, BenchmarkCatalog catalog, LabelStore labels, LeaderboardCache leaderboards, ILogger<Reevaluation> logger)
{
    /// <summary>Marks what is out of date, of all benchmarks, as received; the sweep finds it.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var folder in catalog.All)
        {
            await RunAsync(folder.Benchmark, cancellation);
        }
    }

    /// <summary>Marks what is out of date of one benchmark.</summary>
    public async Task RunAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await MarkAsync(database, benchmark, cancellation);
        await leaderboards.EvictAsync(benchmark.Slug, cancellation);
    }

    private async Task MarkAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        var scored = await database.Submissions
            .Where(s => s.Benchmark == benchmark.Slug && s.Status == SubmissionStatus.Scored && s.CurrentEvaluation != null)
            .Select(s => new ScoredSubmission(
                s.Id, s.CurrentEvaluation!.EvaluatorVersion, s.CurrentEvaluation.LabelsHash, s.Files.Select(f => new ScoredFile(f.Split, f.ImagesHash)).ToList()))
            .ToListAsync(cancellation);
        var outdated = scored.Where(s => IsOutdated(s, benchmark)).ToLookup(s => HasItsImages(s, benchmark), s => s.Id);
        foreach (var id in outdated[false])
        {
            Log.ImagesChanged(logger, id, benchmark.Slug);
        }

        Guid[] waiting = [.. outdated[true]];
        if (waiting.Length > 0)
        {
            Log.ScoredAnew(logger, benchmark.Slug, waiting.Length);
            await database.Submissions
                .Where(s => waiting.Contains(s.Id) && s.Status == SubmissionStatus.Scored)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(s => s.Status, SubmissionStatus.Received)
                        .SetProperty(s => s.ClaimedAt, (DateTime?)null)
                        .SetProperty(s => s.Attempts, 0),
                    cancellation);
        }
    }

    private bool IsOutdated(ScoredSubmission submission, Benchmark benchmark) =>
        submission.EvaluatorVersion != SplitEvaluator.Version || submission.LabelsHash != Evaluation.CombineHashes(LabelHashes(submission, benchmark));

    private IEnumerable<(string Split, string Hash)> LabelHashes(ScoredSubmission submission, Benchmark benchmark) =>
        KnownFiles(submission, benchmark).Select(f => (f.Split, labels.TryGet(benchmark.Slug, f.Split, out var active) ? active.Labels.Hash : ""));

    /// <summary>Whether the predictions are of the images that the labels are of now.</summary>
    private bool HasItsImages(ScoredSubmission submission, Benchmark benchmark)
    {
        var files = KnownFiles(submission, benchmark).ToList();
        return files.Count > 0
            && files.All(f => labels.TryGet(benchmark.Slug, f.Split, out var active) && active.Labels.Images.ContentHash.SequenceEqual(f.ImagesHash));
    }

    private static IEnumerable<ScoredFile> KnownFiles(ScoredSubmission submission, Benchmark benchmark) =>
        submission.Files.Where(f => benchmark.FindSplit(f.Split) is not null);

    private sealed record ScoredSubmission(Guid Id, string EvaluatorVersion, string LabelsHash, IReadOnlyList<ScoredFile> Files);

    private sealed record ScoredFile(string Split, byte[] ImagesHash);

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Information, "{Count} submissions to {Benchmark} are scored anew: its labels or the evaluator changed")]
        public static partial void ScoredAnew(ILogger logger, string benchmark, int count);

        [LoggerMessage(221, LogLevel.Warning, "Submission {Submission} to {Benchmark} keeps its old scores: the images are no longer those that it predicts")]
        public static partial void ImagesChanged(ILogger logger, Guid submission, string benchmark);
    }
}
