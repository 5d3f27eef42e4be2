using Coos.Server.Data;
using Coos.Server.Telemetry;
using Hangfire;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>Claims a submission, scores it and records the result. Safe to call repeatedly and from several processes.</summary>
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
    /// <summary>The number of attempts before a submission is marked as failed.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>
    /// The number of claims, including those of processes that crashed, before it is marked as failed. A submission that
    /// crashes every evaluator must not be retried for ever.
    /// </summary>
    public const int MaximumClaims = 10;

    /// <summary>Scores a submission if it waits to be scored.</summary>
    [AutomaticRetry(Attempts = MaximumAttempts, DelaysInSeconds = [1, 5, 15])]
    public async Task ScoreAsync(Guid id, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (
            !await claims.TryClaimAsync(database, id, cancellation)
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
            // The server is shutting down. Release the claim without the cancelled token, so that another evaluator, or this
            // one after its restart, can claim the submission at once.
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "returned");
            await claims.ReleaseAsync(database, claim, claim.Attempts - 1, CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            metrics.RecordEvaluation(clock.GetElapsedTime(start), "failed");
            Log.AttemptFailed(logger, e, id, claim.Attempts);
            if (claim.Attempts < MaximumAttempts)
            {
                await claims.ReleaseAsync(database, claim, claim.Attempts, cancellation);
                throw;
            }

            await recorder.FailAsync(
                database,
                submission,
                claim,
                $"The evaluator failed {claim.Attempts} times ({e.GetType().Name}); "
                    + "the cause is in the server's log under this submission's id. Ask an organiser.",
                cancellation
            );
        }

        await notifier.PublishScoredAsync(database, id, submission.Benchmark);
    }

    private async Task ScoreAsync(CoosDbContext database, Submission submission, CancellationToken cancellation)
    {
        if (submission.Attempts > MaximumClaims)
        {
            throw new EvaluationException(
                $"The evaluator process stopped {MaximumClaims} times while scoring this submission; "
                    + "the cause is in the server's log. Ask an organiser, who can rescore it."
            );
        }

        var scored = await scorer.ScoreAsync(database, submission, cancellation);
        if (!await recorder.RecordAsync(database, submission, scored, cancellation))
        {
            // The labels changed during scoring, possibly in another process whose notification was lost. The sweep requeues it.
            await labels.CatchUpAsync(cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "Attempt {Attempt} to score submission {Submission} failed")]
        public static partial void AttemptFailed(ILogger logger, Exception exception, Guid submission, int attempt);
    }
}
