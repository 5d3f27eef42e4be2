using Coos.Server.Accounts;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Server.Telemetry;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring;

/// <summary>Validates, stores and scores submissions, for both the API and the pages.</summary>
internal sealed class SubmissionService(
    SubmissionGate gate,
    ValidationLimiter limiter,
    SubmissionIntake intake,
    UploadService uploads,
    SubmissionStore store,
    SubmissionModeration moderation,
    EvaluationQueue queue,
    SubmissionReader reader,
    Names names,
    Viewer viewer,
    CoosMetrics metrics
)
{
    /// <summary>Validates, stores and scores a submission.</summary>
    /// <returns>The submission, which is scored unless that took too long; or why it was rejected.</returns>
    public async Task<Result<SubmissionDocument>> SubmitAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        if (await gate.RefuseAsync(request["benchmark"], cancellation) is { } forbidden)
        {
            return forbidden;
        }

        if (!(await CheckAsync(request, cancellation)).TryGet(out var draft, out var invalid))
        {
            return invalid;
        }

        if (!(await store.InsertAsync(draft, cancellation)).TryGet(out var id, out var refused))
        {
            return refused;
        }

        await uploads.ExpireSoonAsync(draft.Uploads, cancellation);
        metrics.RecordReceived(draft.Benchmark.Slug);
        return (await ScoreAsync(id, cancellation)).Match<Result<SubmissionDocument>>(
            submission => submission with { Warnings = draft.Warnings },
            refusal => refusal
        );
    }

    /// <summary>
    /// Rescores a submission for an organiser, whatever its previous result. One that already waits to be scored is left
    /// alone.
    /// </summary>
    /// <returns>The submission, or why it cannot be scored.</returns>
    public async Task<Result<SubmissionDocument>> RescoreAsync(Guid id, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return SubmissionReader.NotFound(id);
        }

        if (submission.Kind == SubmissionKind.Reported)
        {
            return NothingToScore(id);
        }

        await moderation.RescoreAsync(id, cancellation);
        return await ScoreAsync(id, cancellation);
    }

    /// <summary>Validates a submission without storing it.</summary>
    public async Task<Result<SubmissionDraft>> CheckAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        var result = await CheckFilesAsync(request, cancellation);
        var isTaken =
            result.TryGet(out var draft, out _)
            && draft.Submitter.OwnerId is null
            && await names.IsTakenAsync(draft.Submitter.Name, cancellation);
        return isTaken
            ? Refusal.BadFields(
                new FieldProblem(
                    "submitter",
                    "taken",
                    "submitter is, or looks like, the name of an account or team; sign in to submit under this name, or choose another"
                )
            )
            : result;
    }

    private async Task<Result<SubmissionDraft>> CheckFilesAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        Guid[] ids = [.. request.Uploads.Select(u => Guid.TryParse(u, out var id) ? id : Guid.Empty)];
        var loaded = await uploads.LoadAsync(ids, cancellation);
        using var slot = await limiter.AcquireAsync(uploads.Sender, cancellation);
        return slot is null ? UploadService.TooManyWaiting() : intake.Check(request, loaded, viewer, cancellation);
    }

    private async Task<Result<SubmissionDocument>> ScoreAsync(Guid id, CancellationToken cancellation)
    {
        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return await reader.FindAsync(id, cancellation) is { } submission ? submission : NoLongerExists(id);
    }

    /// <summary>Rejects a request that waited for the scores of a submission that no longer exists.</summary>
    private static Refusal NoLongerExists(Guid id) =>
        Refusal.NotFound($"Submission {id} no longer exists: it was deleted, or hidden by an organiser, while it was being scored.");

    private static Refusal NothingToScore(Guid id) =>
        new(
            RefusalKind.Conflict,
            "Nothing to score",
            $"{id} is a reported result and cannot be rescored: its publication reports balanced errors but no predictions. "
                + "Nothing was changed."
        );
}
