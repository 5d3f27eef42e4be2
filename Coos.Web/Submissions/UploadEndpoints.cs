using Coos.Server.Submissions;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>The API endpoints for uploads, which are checked and stored before they are submitted.</summary>
internal static class UploadEndpoints
{
    public static RouteGroupBuilder MapUploads(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/uploads").WithTags("Submissions");
        group
            .MapPost("", Post)
            .WithMetadata(new ReceivesFilesAttribute())
            .WithName("PostUpload")
            .WithSummary("Upload and check one prediction file before it is submitted")
            .WithDescription(
                "A form with the field benchmark, an optional field split and one file. Without split, it is detected from the image ids. "
                    + "To submit the file, send its id in the field upload of POST /api/submissions. Uploads expire after a day."
            )
            .ProducesSubmissionProblems()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .DisableAntiforgery();
        group
            .MapGet("/{id:guid}", Get)
            .WithoutEntityTags()
            .WithName("GetUpload")
            .WithSummary("An upload that is not submitted yet; for its owner")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("DeleteUpload")
            .WithSummary("Delete an upload; for its owner")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .DisableAntiforgery();
        return api;
    }

    private static async Task<Results<Created<UploadDocument>, ProblemHttpResult>> Post(
        HttpRequest request,
        SubmissionFormReader forms,
        UploadService uploads,
        CancellationToken cancellation
    )
    {
        var read = await forms.ReadAsync(request, cancellation);
        var result = read.TryGet(out var form, out var invalid) ? await uploads.AddAsync(form, cancellation) : invalid;
        return result.TryGet(out var upload, out var refusal)
            ? TypedResults.Created($"/api/uploads/{upload.Id}", UploadDocument.From(upload))
            : ProblemResponses.Of(refusal);
    }

    private static async Task<Results<Ok<UploadDocument>, ProblemHttpResult>> Get(
        Guid id,
        UploadService uploads,
        CancellationToken cancellation
    )
    {
        var result = await uploads.FindAsync(id, cancellation);
        return result.TryGet(out var upload, out var refusal) ? TypedResults.Ok(UploadDocument.From(upload)) : ProblemResponses.Of(refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        UploadService uploads,
        CancellationToken cancellation
    ) => await uploads.DeleteAsync(id, cancellation) is { } refusal ? ProblemResponses.Of(refusal) : TypedResults.NoContent();
}
