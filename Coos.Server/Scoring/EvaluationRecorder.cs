using System.Text.Json;
using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>Records the result of scoring a submission: its evaluation, or why it failed. Each is one transaction.</summary>
internal sealed partial class EvaluationRecorder(
    BenchmarkCatalog catalog,
    LabelStore labels,
    ScoreSwap swap,
    AnswerLedger answers,
    WriteLock writes,
    IScoringObserver observer,
    TimeProvider clock,
    ILogger<EvaluationRecorder> logger
)
{
    /// <summary>Records scores, unless the submission was deleted or its labels replaced while it was being scored.</summary>
    /// <param name="database">The database.</param>
    /// <param name="submission">The submission as it was when it was claimed; a tracked entity.</param>
    /// <param name="scored">Its scores.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Whether the labels are still active; if not, the submission waits again.</returns>
    public async Task<bool> RecordAsync(
        CoosDbContext database,
        Submission submission,
        ScoredSubmission scored,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();

        // Evaluation and submission reference each other, so they are written one after the other in one transaction.
        using var taken = await writes.AcquireAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await ActiveLabelVersions.LockSharedAsync(database, submission.Benchmark, cancellation);

        // If this evaluator was slow, another may have claimed and scored the submission, so use the current row.
        var row = database.Entry(submission);
        await row.ReloadAsync(cancellation);
        if (row.State == EntityState.Detached)
        {
            return true;
        }

        var isCurrent = await ActiveLabelVersions.AreCurrentAsync(database, submission.Benchmark, scored.LabelVersions, cancellation);
        if (isCurrent)
        {
            await SetScoredAsync(database, submission, scored, now.UtcDateTime, cancellation);
        }
        else
        {
            submission.Status = SubmissionStatus.Received;
        }

        await database.SaveChangesAsync(cancellation);
        await Publication.MarkAsync(database.Submissions.Where(s => s.Id == submission.Id), now.UtcDateTime, cancellation);
        await SwapAsync(database, submission.Benchmark, cancellation);
        await transaction.CommitAsync(cancellation);
        return isCurrent;
    }

    /// <summary>Marks a submission as failed. One that was scored before keeps its scores.</summary>
    public async Task FailAsync(
        CoosDbContext database,
        Submission submission,
        ScoringClaim claim,
        string reason,
        CancellationToken cancellation
    )
    {
        using var taken = await writes.AcquireAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var version = ActiveLabelVersions.VersionFor(labels, submission.Benchmark, submission.Files.Select(f => f.Split));

        // Ask the database whether it has scores: the entity in memory may come from an attempt that was not stored.
        var failed = await claim
            .Query(database)
            .Where(s => s.CurrentEvaluationId == null)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Status, SubmissionStatus.Failed)
                        .SetProperty(s => s.Failure, reason)
                        .SetProperty(s => s.FailedVersion, version)
                        .SetProperty(s => s.FailedAt, now),
                cancellation
            );
        if (failed == 1)
        {
            await NotifyFailedAsync(database, submission, cancellation);
        }
        else if (
            await claim.Query(database).ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, SubmissionStatus.Scored), cancellation)
            == 1
        )
        {
            Log.OldScoresKept(logger, submission.Id, reason);
            database.ChangeTracker.Clear();
            await SwapAsync(database, submission.Benchmark, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task SetScoredAsync(
        CoosDbContext database,
        Submission submission,
        ScoredSubmission scored,
        DateTime now,
        CancellationToken cancellation
    )
    {
        var id =
            await FindAsync(database, submission.Id, scored, cancellation)
            ?? await InsertAsync(database, submission.Id, scored, cancellation);
        var isFirst = submission.CurrentEvaluationId is null;
        if (submission.Status == SubmissionStatus.Scored && (id == submission.CurrentEvaluationId || id == submission.PendingEvaluationId))
        {
            // Another evaluator already recorded the same result.
            return;
        }

        await AssignAsync(database, submission, id, cancellation);
        if (catalog.TryGet(submission.Benchmark, out var folder))
        {
            var complete = GuardedScores.Of(scored.Evaluation);
            await answers.RecordScoreAsync(database, folder.Benchmark, submission, id, complete, cancellation);
        }

        submission.Status = SubmissionStatus.Scored;
        submission.Failure = null;
        submission.FailedVersion = null;
        submission.FailedAt = null;
        submission.ScoredAt = now;
        if (isFirst)
        {
            await observer.OnScoredAsync(database, submission, SubmissionStatus.Scored, cancellation);
        }
    }

    /// <summary>
    /// Makes an evaluation current. A first evaluation becomes current immediately, unless the benchmark is being rescored;
    /// any other waits until all are done, so that a board never mixes old and new scores.
    /// </summary>
    private async Task AssignAsync(CoosDbContext database, Submission submission, Guid evaluation, CancellationToken cancellation)
    {
        var isFirst = submission.CurrentEvaluationId is null;
        var isHeld = isFirst
            ? labels.IsChanging(submission.Benchmark) || await ScoreSwap.IsRescoringAsync(database, submission.Benchmark, cancellation)
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

    /// <summary>
    /// Finds the same evaluation if it exists already: from another evaluator with the same claim, or from earlier use of
    /// the same labels.
    /// </summary>
    private static Task<Guid?> FindAsync(
        CoosDbContext database,
        Guid submission,
        ScoredSubmission scored,
        CancellationToken cancellation
    ) =>
        database
            .Evaluations.Where(e =>
                e.SubmissionId == submission
                && e.EvaluatorVersion == scored.Evaluation.EvaluatorVersion
                && e.LabelsHash == scored.LabelsHash
            )
            .Select(e => (Guid?)e.Id)
            .FirstOrDefaultAsync(cancellation);

    private async Task<Guid> InsertAsync(CoosDbContext database, Guid submission, ScoredSubmission scored, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var row = new StoredEvaluation
        {
            Id = Guid.CreateVersion7(now),
            SubmissionId = submission,
            EvaluatorVersion = SplitEvaluator.Version,
            LabelsHash = scored.LabelsHash,
            PredictionsHash = scored.Evaluation.PredictionsHash!,
            CreatedAt = now.UtcDateTime,
            Report = JsonSerializer.Serialize(scored.Evaluation, CoosJson.Options),
        };
        foreach (var split in scored.Evaluation.Splits)
        {
            if (split.FindLoss() is { } loss)
            {
                row.Splits.Add(ToRow(split, loss, scored.LabelVersions[split.Split]));
            }
        }

        foreach (var part in scored.Sealed)
        {
            if (part.Score.FindLoss() is { } loss)
            {
                row.SealedSplits.Add(ToRow(part, loss));
            }
        }

        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        return row.Id;
    }

    private static StoredSplitScore ToRow(SplitScore score, ErrorEstimate loss, Guid labelVersion) =>
        new()
        {
            Split = score.Split,
            LabelVersionId = labelVersion,
            Images = score.Images!.Value,
            Metric = MetricInfo.Get(score.Ranking.Id).Name,
            Loss = loss.Error,
            Lower = loss.Lower,
            Upper = loss.Upper,
            IntervalMethod = score.Ranking.IntervalMethod,
            Accuracy = score.Accuracy!.Value,
        };

    private static StoredSealedScore ToRow(SealedScore part, ErrorEstimate loss) =>
        new()
        {
            Split = part.Score.Split,
            Metric = MetricInfo.Get(part.Score.Ranking.Id).Name,
            Loss = loss.Error,
            Lower = loss.Lower,
            Upper = loss.Upper,
            IntervalMethod = part.Score.Ranking.IntervalMethod,
            Difference = part.Difference?.Value,
            Variance = part.Difference?.Variance,
            Degrees = part.Difference?.Degrees,
            Report = JsonSerializer.Serialize(part.Score, CoosJson.Options),
        };

    /// <summary>Notifies the observer. The changes that the failed attempt left in the context are discarded first.</summary>
    private Task NotifyFailedAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        database.ChangeTracker.Clear();
        return observer.OnScoredAsync(database, submission, SubmissionStatus.Failed, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(201, LogLevel.Warning, "Submission {Submission} could not be rescored and keeps its scores: {Reason}")]
        public static partial void OldScoresKept(ILogger logger, Guid submission, string reason);
    }
}
