using Coos.Server.Problems;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Coos.Server.Telemetry;
using Coos.Shared.Submissions;

namespace Coos.Server.Models;

/// <summary>Validates and stores submissions with a model, for both the API and the pages. Without one they go the usual way.</summary>
internal sealed class ModelSubmissions(
    SubmissionGate gate,
    SubmissionService submissions,
    ModelIntake intake,
    ModelStore models,
    SubmissionStore store,
    UploadService uploads,
    EvaluationQueue evaluations,
    ModelQueue queue,
    SubmissionReader reader,
    CoosMetrics metrics
)
{
    /// <summary>Validates a submission, and its model if it has one, without storing it.</summary>
    public async Task<Result<SubmissionDraft>> CheckAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        var checkedFiles = await submissions.CheckAsync(request, cancellation);
        return
            request.Model is { } file
            && checkedFiles.TryGet(out var draft, out _)
            && !(await intake.CheckAsync(file, draft.Benchmark.Slug, cancellation)).TryGet(out _, out var refusal)
            ? refusal
            : checkedFiles;
    }

    /// <summary>Validates, stores and scores a submission; one with a model only waits for its run.</summary>
    public async Task<Result<SubmissionDocument>> SubmitAsync(SubmissionRequest request, CancellationToken cancellation)
    {
        if (request.Model is not { } file)
        {
            return await submissions.SubmitAsync(request, cancellation);
        }

        if (await gate.RefuseAsync(request["benchmark"], cancellation) is { } forbidden)
        {
            return forbidden;
        }

        if (
            !(await submissions.CheckAsync(request, cancellation)).TryGet(out var draft, out var refusal)
            || !(await intake.CheckAsync(file, draft.Benchmark.Slug, cancellation)).TryGet(out var facts, out refusal)
        )
        {
            return refusal;
        }

        using var stream = file.Open();
        var model = await models.InsertAsync(stream, facts, cancellation);
        if (!(await store.InsertAsync(draft with { Model = model }, cancellation)).TryGet(out var id, out refusal))
        {
            await models.DeleteAsync(model.Id, CancellationToken.None);
            return refusal;
        }

        await uploads.ExpireSoonAsync(draft.Uploads, cancellation);
        metrics.RecordReceived(draft.Benchmark.Slug);
        queue.Wake();
        if (draft.Files.Count > 0)
        {
            await evaluations.EnqueueAndWaitAsync(id, reader, cancellation);
        }

        return await reader.FindAsync(id, cancellation) is { } submission
            ? submission with
            {
                Warnings = draft.Warnings,
            }
            : SubmissionReader.NotFound(id);
    }
}
