using System.Collections.Concurrent;
using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Queues submissions for rescoring if they were scored, or failed, with other labels or another evaluator version. They
/// wait like new ones and show their old scores until all of them are done (<see cref="ScoreSwap"/>).
/// </summary>
internal sealed partial class Rescoring(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LabelStore labels,
    ScoreSwap swap,
    ResultVersions results,
    ILogger<Rescoring> logger
)
{
    /// <summary>The number of submission ids per statement. SQLite allows at most 32,766 parameters, and boards may be longer.</summary>
    private const int Batch = 1000;

    /// <summary>The benchmarks whose rescoring was interrupted.</summary>
    private readonly ConcurrentDictionary<string, bool> _due = new();

    /// <summary>Marks the outdated submissions of all benchmarks as received; the sweep finds them.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var folder in catalog.All)
        {
            await RunAsync(folder.Benchmark, cancellation);
        }
    }

    /// <summary>Marks the outdated submissions of one benchmark as received.</summary>
    public async Task RunAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);

        // One transaction, so that no evaluator can record a score with older labels unnoticed in between.
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await ActiveLabelVersions.LockExclusiveAsync(database, benchmark.Slug, cancellation);
        await MarkOutdatedAsync(database, benchmark, cancellation);
        await MarkFailedAsync(database, benchmark, cancellation);
        await swap.TryAsync(database, benchmark, cancellation);
        await transaction.CommitAsync(cancellation);
        await results.InvalidateAsync(benchmark.Slug);
    }

    /// <summary>Records that new labels are active but the outdated submissions could not be marked.</summary>
    public void MarkDue(string benchmark) => _due[benchmark] = true;

    /// <summary>Marks the outdated submissions of a benchmark whose earlier run was interrupted. If this fails, it stays due.</summary>
    /// <returns>Whether there was an interrupted run.</returns>
    public async Task<bool> ResumeAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        if (!_due.ContainsKey(benchmark.Slug))
        {
            return false;
        }

        await RunAsync(benchmark, cancellation);
        return _due.TryRemove(benchmark.Slug, out _);
    }

    private async Task MarkOutdatedAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        // A pending evaluation takes precedence over the current one.
        var newest =
            from s in database.Submissions
            where s.Benchmark == benchmark.Slug && s.Status == SubmissionStatus.Scored
            join e in database.Evaluations on s.PendingEvaluationId ?? s.CurrentEvaluationId equals e.Id
            select new KnownSubmission(
                s.Id,
                e.EvaluatorVersion,
                e.LabelsHash,
                s.Files.Select(f => new ScoredFile(f.Split, f.ImagesHash)).ToList()
            );
        var scored = await newest.ToListAsync(cancellation);
        var outdated = scored.Where(s => IsOutdated(s, benchmark)).ToLookup(s => ImagesMatch(s, benchmark), s => s.Id);
        foreach (var id in outdated[false])
        {
            Log.ImagesChanged(logger, id, benchmark.Slug);
        }

        Guid[] waiting = [.. outdated[true]];
        if (waiting.Length > 0)
        {
            Log.Rescored(logger, benchmark.Slug, waiting.Length);
            await RequeueAsync(database, waiting, SubmissionStatus.Scored, cancellation);
        }

        // Pending scores that are outdated again are dropped. Entries that join the board with the others keep waiting.
        foreach (var superseded in outdated.SelectMany(ids => ids).Chunk(Batch))
        {
            await database
                .Submissions.Where(s => superseded.Contains(s.Id) && s.PendingEvaluationId != s.CurrentEvaluationId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.PendingEvaluationId, (Guid?)null), cancellation);
        }
    }

    /// <summary>Retries submissions that failed with other labels or another evaluator version.</summary>
    private async Task MarkFailedAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        var failed = await database
            .Submissions.Where(s => s.Benchmark == benchmark.Slug && s.Status == SubmissionStatus.Failed)
            .Select(s => new
            {
                s.Id,
                s.FailedVersion,
                Files = s.Files.Select(f => new ScoredFile(f.Split, f.ImagesHash)).ToList(),
            })
            .ToListAsync(cancellation);
        Guid[] retried =
        [
            .. failed
                .Where(s => s.FailedVersion != ActiveLabelVersions.VersionFor(labels, benchmark.Slug, s.Files.Select(f => f.Split)))
                .Where(s => ImagesMatch(new KnownSubmission(s.Id, "", "", s.Files), benchmark))
                .Select(s => s.Id),
        ];
        if (retried.Length > 0)
        {
            Log.Retried(logger, benchmark.Slug, retried.Length);
            await RequeueAsync(database, retried, SubmissionStatus.Failed, cancellation);
        }
    }

    private static async Task RequeueAsync(
        CoosDbContext database,
        Guid[] submissions,
        SubmissionStatus from,
        CancellationToken cancellation
    )
    {
        foreach (var batch in submissions.Chunk(Batch))
        {
            await database
                .Submissions.Where(s => batch.Contains(s.Id) && s.Status == from)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(s => s.Status, SubmissionStatus.Received)
                            .SetProperty(s => s.Failure, (string?)null)
                            .SetProperty(s => s.ClaimedAt, (DateTime?)null)
                            .SetProperty(s => s.Attempts, 0),
                    cancellation
                );
        }
    }

    private bool IsOutdated(KnownSubmission submission, Benchmark benchmark) =>
        submission.EvaluatorVersion != SplitEvaluator.Version
        || submission.LabelsHash
            != ActiveLabelVersions.HashFor(labels, benchmark.Slug, KnownFiles(submission, benchmark).Select(f => f.Split));

    /// <summary>Whether the predictions are for the same images as the active labels.</summary>
    private bool ImagesMatch(KnownSubmission submission, Benchmark benchmark)
    {
        var files = KnownFiles(submission, benchmark).ToList();
        return files.Count > 0
            && files.All(f =>
                labels.TryGet(benchmark.Slug, f.Split, out var active) && active.Labels.Images.ContentHash.SequenceEqual(f.ImagesHash)
            );
    }

    private static IEnumerable<ScoredFile> KnownFiles(KnownSubmission submission, Benchmark benchmark) =>
        submission.Files.Where(f => benchmark.FindSplit(f.Split) is not null);

    private sealed record KnownSubmission(Guid Id, string EvaluatorVersion, string LabelsHash, IReadOnlyList<ScoredFile> Files);

    private sealed record ScoredFile(string Split, byte[] ImagesHash);

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Information, "Rescoring {Count} submissions to {Benchmark}: its labels or the evaluator changed")]
        public static partial void Rescored(ILogger logger, string benchmark, int count);

        [LoggerMessage(
            221,
            LogLevel.Warning,
            "Submission {Submission} to {Benchmark} keeps its old scores: the images of the benchmark changed since it was submitted"
        )]
        public static partial void ImagesChanged(ILogger logger, Guid submission, string benchmark);

        [LoggerMessage(
            222,
            LogLevel.Information,
            "Retrying {Count} failed submissions to {Benchmark}: its labels or the evaluator changed"
        )]
        public static partial void Retried(ILogger logger, string benchmark, int count);
    }
}
