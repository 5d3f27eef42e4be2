using Coos.Shared.Submissions;
using Coos.Web.Accounts;
using Coos.Web.Evaluations;

namespace Coos.Web.Submissions;

/// <summary>Takes a submission from form to scores; API and page call it alike.</summary>
internal sealed class SubmissionService(
    SubmissionGate gate, SubmissionIntake intake, SubmissionStore store, EvaluationQueue queue, SubmissionReader reader, Names names, Viewer viewer)
{
    /// <summary>Checks, stores and scores a submission.</summary>
    /// <returns>The submission, scored unless that took too long, or the reason why nothing was stored.</returns>
    public async Task<(SubmissionDocument? Submission, Refusal? Refusal)> SubmitAsync(SubmissionForm form, CancellationToken cancellation)
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

        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return (await reader.FindAsync(id, cancellation), null);
    }

    /// <summary>Checks a submission without storing anything.</summary>
    public async Task<(SubmissionDraft? Draft, Refusal? Refusal)> CheckAsync(SubmissionForm form, CancellationToken cancellation)
    {
        if (gate.Refuse() is { } barred)
        {
            return (null, barred);
        }

        var (draft, refusal) = intake.Check(form, viewer);
        return draft is { Submitter.OwnerId: null } && await names.IsTakenAsync(draft.Submitter.Name, cancellation)
            ? (null, Refusal.BadFields([new FieldProblem("submitter", "taken", "submitter is the name of an account or team; sign in to submit under it, or give another one")]))
            : (draft, refusal);
    }
}
