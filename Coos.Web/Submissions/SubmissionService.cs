using Coos.Shared.Submissions;
using Coos.Web.Evaluations;

namespace Coos.Web.Submissions;

/// <summary>Takes a submission from form to scores; API and page call it alike.</summary>
internal sealed class SubmissionService(SubmissionIntake intake, SubmissionStore store, EvaluationQueue queue, SubmissionReader reader)
{
    /// <summary>Checks, stores and scores a submission.</summary>
    /// <returns>The submission, scored unless that took too long, or the reason why nothing was stored.</returns>
    public async Task<(SubmissionDocument? Submission, Refusal? Refusal)> SubmitAsync(SubmissionForm form, CancellationToken cancellation)
    {
        var (draft, refusal) = intake.Check(form);
        if (draft is null)
        {
            return (null, refusal);
        }

        var (id, duplicate) = await store.InsertAsync(draft, cancellation);
        if (duplicate is not null)
        {
            return (null, duplicate);
        }

        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return (await reader.FindAsync(id, cancellation), null);
    }
}
