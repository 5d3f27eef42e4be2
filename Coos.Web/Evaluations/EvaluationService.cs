using System.Text.Json;
using Coos.Evaluator;
using Coos.Shared;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Web.Benchmarks;
using Coos.Web.Data;
using Coos.Web.Leaderboard;
using Coos.Web.Leaderboard.Changes;
using Coos.Web.Operations.Telemetry;
using Coos.Web.Webhooks;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Evaluations;

/// <summary>Claims a submission, scores it and records the result. Safe to call twice, from anywhere, at any time.</summary>
internal sealed partial class EvaluationService(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LabelStore labels,
    BoardSwap swap,
    WriteTurn turn,
    News news,
    WebhookOutbox webhooks,
    CoosMetrics metrics,
    TimeProvider clock,
    ILogger<EvaluationService> logger)
{
    /// <summary>
    /// How long a claim holds. Scoring takes milliseconds; an older claim is that of a process that died. Should one
    /// merely have been slow, the unique index on evaluations keeps the work from being recorded twice.
    /// </summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(5);

    /// <summary>How often a submission is tried before it counts as failed.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>How often it is taken when nothing is heard of those who took it: what ends every process must not do so for ever.</summary>
    public const int MaximumClaims = 10;

    /// <summary>Scores a submission if it waits for that.</summary>
    [AutomaticRetry(Attempts = MaximumAttempts, DelaysInSeconds = [1, 5, 15])]
    public async Task ScoreAsync(Guid id, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await TryClaimAsync(database, id, cancellation))
        {
            return;
        }

        var submission = await database.Submissions.AsTracking().Include(s => s.Files).FirstAsync(s => s.Id == id, cancellation);
        try
        {
            if (submission.Attempts > MaximumClaims)
            {
                throw new EvaluationException($"{MaximumClaims} times a process that scored it ended in the middle; the organiser finds the reason in the server's log, and can have it scored again.");
            }

            await RecordAsync(database, submission, cancellation);
            metrics.Evaluated(clock.GetElapsedTime(start), "scored");
        }
        catch (EvaluationException e)
        {
            metrics.Evaluated(clock.GetElapsedTime(start), "failed");
            await FailAsync(database, submission, e.Message, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server is going down, and so is the token: another evaluator, or this one's next start, takes it at once.
            metrics.Evaluated(clock.GetElapsedTime(start), "returned");
            await ReturnAsync(database, submission, submission.Attempts - 1, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            metrics.Evaluated(clock.GetElapsedTime(start), "failed");
            Log.AttemptFailed(logger, e, id, submission.Attempts);
            if (submission.Attempts < MaximumAttempts)
            {
                await ReturnAsync(database, submission, submission.Attempts, cancellation);
                throw;
            }

            await FailAsync(database, submission, $"The evaluator failed {submission.Attempts} times ({e.GetType().Name}); the organiser finds the reason in the server's log under this submission's id.", cancellation);
        }

        await news.TellWorkedAsync(database, id, submission.Benchmark, cancellation);
    }

    private async Task<bool> TryClaimAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var abandoned = now - ClaimTime;
        using var taken = await turn.TakeAsync(cancellation);
        var claimed = await database.Submissions
            .Where(s => s.Id == id && (s.Status == SubmissionStatus.Received || (s.Status == SubmissionStatus.Scoring && s.ClaimedAt < abandoned)))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(s => s.Status, SubmissionStatus.Scoring)
                    .SetProperty(s => s.ClaimedAt, now)
                    .SetProperty(s => s.Attempts, s => s.Attempts + 1),
                cancellation);
        return claimed == 1;
    }

    private async Task RecordAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        var (evaluation, versions) = await EvaluateAsync(database, submission, cancellation);
        var now = clock.GetUtcNow();

        // Evaluation and submission point at each other, so they are written one after the other, in one transaction.
        using var taken = await turn.TakeAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (!AreActive(submission.Benchmark, versions))
        {
            // The labels changed while it was being scored; the sweep takes it up again.
            submission.Status = SubmissionStatus.Received;
        }
        else
        {
            var id = await FindAsync(database, submission.Id, evaluation, cancellation) ?? await InsertAsync(database, submission.Id, evaluation, versions, cancellation);
            var isFirst = submission.CurrentEvaluationId is null;
            await AssignAsync(database, submission, id, cancellation);
            submission.Status = SubmissionStatus.Scored;
            submission.Failure = null;
            submission.FailedVersion = null;
            submission.FailedAt = null;
            submission.ScoredAt = now.UtcDateTime;
            if (isFirst)
            {
                await webhooks.AddScoredAsync(database, submission, SubmissionStatus.Scored, cancellation);
            }
        }

        await database.SaveChangesAsync(cancellation);
        await Publication.MarkAsync(database.Submissions.Where(s => s.Id == submission.Id), now.UtcDateTime, cancellation);
        await SwapAsync(database, submission.Benchmark, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Makes an evaluation count: at once where it is the first, unless others are being scored anew; else together with
    /// theirs, so that nobody sees a board of two kinds of scores.
    /// </summary>
    private async Task AssignAsync(CoosDbContext database, Submission submission, Guid evaluation, CancellationToken cancellation)
    {
        var isFirst = submission.CurrentEvaluationId is null;
        var isHeld = isFirst
            ? labels.IsChanging(submission.Benchmark) || await BoardSwap.IsRescoringAsync(database, submission.Benchmark, cancellation)
            : submission.PendingEvaluationId == submission.CurrentEvaluationId;
        if (isFirst || isHeld)
        {
            submission.CurrentEvaluationId = evaluation;
            submission.PendingEvaluationId = isHeld ? evaluation : null;
        }
        else
        {
            submission.PendingEvaluationId = evaluation == submission.CurrentEvaluationId ? null : evaluation;
        }
    }

    private async Task SwapAsync(CoosDbContext database, string benchmark, CancellationToken cancellation)
    {
        if (!labels.IsChanging(benchmark) && catalog.TryGet(benchmark, out var folder))
        {
            await swap.TryAsync(database, folder.Benchmark, cancellation);
        }
    }

    private bool AreActive(string benchmark, Dictionary<string, Guid> versions) =>
        versions.All(v => labels.TryGet(benchmark, v.Key, out var active) && active.VersionId == v.Value);

    /// <summary>The same evaluation where it was made before: by an evaluator that took the work too, or with labels that came back.</summary>
    private static Task<Guid?> FindAsync(CoosDbContext database, Guid submission, Evaluation evaluation, CancellationToken cancellation) =>
        database.Evaluations
            .Where(e => e.SubmissionId == submission && e.EvaluatorVersion == evaluation.EvaluatorVersion && e.LabelsHash == evaluation.LabelsHash)
            .Select(e => (Guid?)e.Id)
            .FirstOrDefaultAsync(cancellation);

    private async Task<Guid> InsertAsync(
        CoosDbContext database, Guid submission, Evaluation evaluation, Dictionary<string, Guid> versions, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new StoredEvaluation
        {
            Id = Guid.CreateVersion7(now),
            SubmissionId = submission,
            EvaluatorVersion = SplitEvaluator.Version,
            LabelsHash = evaluation.LabelsHash!,
            PredictionsHash = evaluation.PredictionsHash!,
            CreatedAt = now.UtcDateTime,
            Report = JsonSerializer.Serialize(evaluation, CoosJson.Options),
        };
        foreach (var split in evaluation.Splits)
        {
            row.Splits.Add(ToRow(split, versions[split.Split]));
        }

        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        return row.Id;
    }

    private async Task<(Evaluation Evaluation, Dictionary<string, Guid> LabelVersions)> EvaluateAsync(
        CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        if (!catalog.TryGet(submission.Benchmark, out var folder))
        {
            throw new EvaluationException($"The server has no benchmark \"{submission.Benchmark}\" any more.");
        }

        var scores = new List<SplitScore>();
        var versions = new Dictionary<string, Guid>();
        foreach (var split in folder.Benchmark.Splits)
        {
            if (submission.Files.FirstOrDefault(f => f.Split == split.Name) is not { } file)
            {
                continue;
            }

            if (!labels.TryGet(submission.Benchmark, split.Name, out var active) || !active.Labels.Images.ContentHash.SequenceEqual(file.ImagesHash))
            {
                throw new EvaluationException($"The images of {split.Name} are no longer those that were predicted.");
            }

            var predictions = await RecordedPredictions.ReadAsync(database, file, active.Labels.Images, folder.Benchmark, cancellation);
            scores.Add(SplitEvaluator.Evaluate(active.Labels, predictions, folder.Benchmark.Classes, folder.Benchmark.Cluster));
            versions[split.Name] = active.VersionId;
        }

        return (SplitEvaluator.Combine(scores), versions);
    }

    private static StoredSplitScore ToRow(SplitScore score, Guid labelVersion) => new()
    {
        Split = score.Split,
        LabelVersionId = labelVersion,
        Images = score.Images!.Value,
        BalancedError = score.BalancedError,
        Lower = score.BalancedErrorInterval?[0],
        Upper = score.BalancedErrorInterval?[1],
        IntervalMethod = score.IntervalMethod,
        Accuracy = score.Accuracy!.Value,
    };

    /// <summary>Gives a submission up. One that was scored before keeps those scores.</summary>
    private async Task FailAsync(CoosDbContext database, Submission submission, string reason, CancellationToken cancellation)
    {
        using var taken = await turn.TakeAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (submission.CurrentEvaluationId is null)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var version = LabelsInForce.VersionFor(labels, submission.Benchmark, submission.Files.Select(f => f.Split));
            var failed = await ClaimOf(database, submission).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Status, SubmissionStatus.Failed).SetProperty(s => s.Failure, reason).SetProperty(s => s.FailedVersion, version).SetProperty(s => s.FailedAt, now),
                cancellation);
            if (failed == 1)
            {
                await TellFailedAsync(database, submission, cancellation);
            }
        }
        else
        {
            Log.OldScoresKept(logger, submission.Id, reason);
            await ClaimOf(database, submission).ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, SubmissionStatus.Scored), cancellation);
            await SwapAsync(database, submission.Benchmark, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Writes the messages; what the failed attempt left half changed in the context is not part of that.</summary>
    private Task TellFailedAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        database.ChangeTracker.Clear();
        return webhooks.AddScoredAsync(database, submission, SubmissionStatus.Failed, cancellation);
    }

    /// <summary>Gives a claim back, so that the queue's next attempt or the sweep finds it free.</summary>
    private async Task ReturnAsync(CoosDbContext database, Submission submission, int attempts, CancellationToken cancellation)
    {
        using var taken = await turn.TakeAsync(cancellation);
        await ClaimOf(database, submission).ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, SubmissionStatus.Received).SetProperty(s => s.Attempts, attempts), cancellation);
    }

    /// <summary>The submission's row while this evaluator's claim to it holds; none once another has taken or scored it.</summary>
    private static IQueryable<Submission> ClaimOf(CoosDbContext database, Submission submission) =>
        database.Submissions.Where(s => s.Id == submission.Id && s.Status == SubmissionStatus.Scoring && s.ClaimedAt == submission.ClaimedAt);

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "Attempt {Attempt} to score submission {Submission} failed")]
        public static partial void AttemptFailed(ILogger logger, Exception exception, Guid submission, int attempt);

        [LoggerMessage(201, LogLevel.Warning, "Submission {Submission} cannot be scored anew and keeps its scores: {Reason}")]
        public static partial void OldScoresKept(ILogger logger, Guid submission, string reason);
    }
}
