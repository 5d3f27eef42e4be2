using Coos.Server.Data;
using Coos.Server.Telemetry;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>Claims a submission, scores it and records the result. Safe to call twice, from anywhere, at any time.</summary>
internal sealed partial class EvaluationService(
    IDbContextFactory<CoosDbContext> databases,
    EvaluationClaims claims,
    SubmissionScorer scorer,
    EvaluationRecorder recorder,
    LabelImport labels,
    ChangeNotifier notifier,
    CoosMetrics metrics,
    TimeProvider clock,
    ILogger<EvaluationService> logger
)
{
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
        if (
            !await claims.TryTakeAsync(database, id, cancellation)
            || await database.Submissions.AsTracking().Include(s => s.Files).FirstOrDefaultAsync(s => s.Id == id, cancellation)
                is not { } submission
        )
        {
            return;
        }

        var claim = new ScoringClaim(id, submission.ClaimedAt, submission.Attempts);
        try
        {
            await ScoreAsync(database, submission, cancellation);
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "scored");
        }
        catch (EvaluationException e)
        {
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "failed");
            await recorder.FailAsync(database, submission, claim, e.Message, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server is going down, and so is the token: another evaluator, or this one's next start, takes it at once.
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "returned");
            await claims.ReturnAsync(database, claim, claim.Attempts - 1, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "failed");
            Log.AttemptFailed(logger, e, id, claim.Attempts);
            if (claim.Attempts < MaximumAttempts)
            {
                await claims.ReturnAsync(database, claim, claim.Attempts, cancellation);
                throw;
            }

            await recorder.FailAsync(
                database,
                submission,
                claim,
                $"The evaluator failed {claim.Attempts} times ({e.GetType().Name}); the organiser finds the reason in the server's log under this submission's id.",
                cancellation
            );
        }

        await notifier.PublishScoredAsync(database, id, submission.Benchmark, cancellation);
    }

    private async Task ScoreAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        if (submission.Attempts > MaximumClaims)
        {
            throw new EvaluationException(
                $"{MaximumClaims} times a process that scored it ended in the middle; the organiser finds the reason in the server's log, and can have it scored again."
            );
        }

        var scored = await scorer.ScoreAsync(database, submission, cancellation);
        if (!await recorder.RecordAsync(database, submission, scored, cancellation))
        {
            // The labels changed while it was being scored, by another process perhaps whose word was lost; the sweep takes
            // it up again.
            await labels.CatchUpAsync(cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "Attempt {Attempt} to score submission {Submission} failed")]
        public static partial void AttemptFailed(ILogger logger, Exception exception, Guid submission, int attempt);
    }
}
