using Coos.Server.Accounts;
using Coos.Server.Organisers;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Server.Telemetry;
using Coos.Shared.Submissions;

namespace Coos.Server.Scoring;

/// <summary>Takes a submission from form to scores; API and page call it alike.</summary>
internal sealed class SubmissionService(
    SubmissionGate gate,
    CheckTurn turn,
    SubmissionIntake intake,
    SubmissionStore store,
    EvaluationQueue queue,
    SubmissionReader reader,
    OrganiserActions organiser,
    Names names,
    Viewer viewer,
    CoosMetrics metrics)
{
    /// <summary>Checks, stores and scores a submission.</summary>
    /// <returns>The submission, scored unless that took too long, or the reason why nothing was stored.</returns>
    public async Task<(SubmissionDocument? Submission, Refusal? Refusal)> SubmitAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        var (draft, refusal) = await CheckAsync(form, cancellation);
        if (draft is null)
        {
            return (null, refusal);
        }

        var (id, refused) = await store.InsertAsync(draft, cancellation);
        if (refused is not null)
        {
            return (null, refused);
        }

        metrics.Received(draft.Benchmark.Slug);
        return await ScoreAsync(id, cancellation);
    }

    /// <summary>Scores a submission again for an organiser, whatever came of it before; what waits already is left alone.</summary>
    /// <returns>The submission, or the reason why there is nothing to score.</returns>
    public async Task<(SubmissionDocument? Submission, Refusal? Refusal)> EvaluateAsync(Guid id, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return (null, Refusal.NotFound($"There is no submission {id}."));
        }

        if (submission.Kind == SubmissionKind.Reported)
        {
            return (null, NothingToScore(id));
        }

        await organiser.ReevaluateAsync(id, cancellation);
        return await ScoreAsync(id, cancellation);
    }

    private async Task<(SubmissionDocument? Submission, Refusal? Refusal)> ScoreAsync(Guid id, CancellationToken cancellation)
    {
        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return await reader.FindAsync(id, cancellation) is { } submission ? (submission, null) : (null, TakenAway(id));
    }

    /// <summary>Checks a submission without storing anything.</summary>
    public async Task<(SubmissionDraft? Draft, Refusal? Refusal)> CheckAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        if (gate.Refuse() is { } barred)
        {
            return (null, barred);
        }

        var (draft, refusal) = await CheckInTurnAsync(form, cancellation);
        return draft is { Submitter.OwnerId: null } && await names.IsTakenAsync(draft.Submitter.Name, cancellation)
            ? (null, Refusal.BadFields([new FieldProblem("submitter", "taken", "submitter is the name of an account or team; sign in to submit under it, or give another one")]))
            : (draft, refusal);
    }

    private async Task<(SubmissionDraft? Draft, Refusal? Refusal)> CheckInTurnAsync(SubmissionRequest form, CancellationToken cancellation)
    {
        using var taken = await turn.TakeAsync(cancellation);
        return intake.Check(form, viewer);
    }

    /// <summary>The answer to whoever waited for the scores of a submission that is gone.</summary>
    private static Refusal TakenAway(Guid id) =>
        Refusal.NotFound($"There is no submission {id} any more: it was deleted, or hidden by an organiser, while it was being scored.");

    private static Refusal NothingToScore(Guid id) => new(
        RefusalKind.Conflict,
        "Nothing to score",
        $"Nothing was changed. {id} is a reported result: its publication gives balanced errors and not the predictions.");
}
