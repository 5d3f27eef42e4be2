using Coos.Shared.Submissions;
using Coos.Web.Evaluations;
using Coos.Web.Operations.Telemetry;

namespace Coos.Web.Submissions;

/// <summary>Takes a submission from form to scores; API and page call it alike.</summary>
internal sealed class SubmissionService(SubmissionIntake intake, SubmissionStore store, EvaluationQueue queue, SubmissionReader reader, CoosMetrics metrics)
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

        metrics.Received(draft.Benchmark.Slug);
        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return (await reader.FindAsync(id, cancellation), null);
    }

    /// <summary>Scores a submission again, whatever came of it before; what waits already is left alone.</summary>
    /// <returns>The submission, or the reason why there is nothing to score.</returns>
    public async Task<(SubmissionDocument? Submission, Refusal? Refusal)> EvaluateAsync(Guid id, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return (null, Refusal.NotFound($"There is no submission {id}."));
        }

        if (submission.Kind == SubmissionKind.Reported)
        {
            return (null, Refusal.NothingToScore(id));
        }

        await store.ResetAsync(id, cancellation);
        await queue.EnqueueAndWaitAsync(id, reader, cancellation);
        return (await reader.FindAsync(id, cancellation), null);
    }
}
