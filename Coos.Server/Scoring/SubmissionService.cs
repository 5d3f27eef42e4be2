using Coos.Server.Accounts;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Server.Telemetry;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring;

/// <summary>Takes a submission from what was sent to its scores; API and pages call it alike.</summary>
internal sealed class SubmissionService(
    ValidationLimiter limiter,
    SubmissionIntake intake,
    SubmissionStore store,
    SubmissionModeration moderation,
    EvaluationQueue queue,
    SubmissionReader reader,
    Names names,
    Viewer viewer,
    CoosMetrics metrics
)
{
    /// <summary>Checks, stores and scores a submission.</summary>
    /// <returns>The submission, scored unless that took too long, or why nothing was stored.</returns>
    public async Task<Result<SubmissionDocument>> SubmitAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        if (!(await CheckAsync(request, cancellation)).TryGet(out var draft, out var invalid))
        {
            return invalid;
        }

        if (!(await store.InsertAsync(draft, cancellation)).TryGet(out var id, out var refused))
        {
            return refused;
        }

        metrics.Received(draft.Benchmark.Slug);
        return await ScoreAsync(id, cancellation);
    }

    /// <summary>Rescores a submission for an organiser, whatever came of it before; one that waits already is left alone.</summary>
    /// <returns>The submission, or why there is nothing to score.</returns>
    public async Task<Result<SubmissionDocument>> RescoreAsync(Guid id, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return Refusal.NotFound($"There is no submission {id}.");
        }

        if (submission.Kind == SubmissionKind.Reported)
        {
            return NothingToScore(id);
        }

        await moderation.RescoreAsync(id, cancellation);
        return await ScoreAsync(id, cancellation);
    }

    /// <summary>Checks a submission without storing anything.</summary>
    public async Task<Result<SubmissionDraft>> CheckAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        var result = await CheckInTurnAsync(request, cancellation);
        var isTaken =
            result.TryGet(out var draft, out _)
            && draft.Submitter.OwnerId is null
            && await names.IsTakenAsync(draft.Submitter.Name, cancellation);
        return isTaken
            ? Refusal.BadFields(
                new FieldProblem(
                    "submitter",
                    "taken",
                    "submitter is the name of an account or team; sign in to submit under it, or give another one"
                )
            )
            : result;
    }

    private async Task<Result<SubmissionDraft>> CheckInTurnAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        using var taken = await limiter.AcquireAsync(cancellation);
        return intake.Check(request, viewer);
    }

    private async Task<Result<SubmissionDocument>> ScoreAsync(Guid id, CancellationToken cancellation)
    {
        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return await reader.FindAsync(id, cancellation) is { } submission ? submission : TakenAway(id);
    }

    /// <summary>The answer to whoever waited for the scores of a submission that is gone.</summary>
    private static Refusal TakenAway(Guid id) =>
        Refusal.NotFound($"There is no submission {id} any more: it was deleted, or hidden by an organiser, while it was being scored.");

    private static Refusal NothingToScore(Guid id) =>
        new(
            RefusalKind.Conflict,
            "Nothing to score",
            $"Nothing was changed. {id} is a reported result: its publication gives balanced errors and not the predictions."
        );
}
