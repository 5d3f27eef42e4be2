using Coos.Server.Models;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Coos.Shared.Predictions;
using Coos.Shared.Submissions;
using Coos.Web.Confusion;
using Coos.Web.Dials;
using Coos.Web.Models;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Coos.Web.Plates;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>The API endpoints for submissions.</summary>
internal static class SubmissionEndpoints
{
    public static RouteGroupBuilder MapSubmissions(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/submissions").WithTags("Submissions");
        group
            .MapPost("", Post)
            .WithMetadata(new ReceivesFilesAttribute(), new ReceivesModelsAttribute())
            .WithName("PostSubmission")
            .WithSummary("Submit predictions, or a model that the server runs, and get the scores")
            .WithDescription(
                "Waits up to ten seconds for the scores: 201 with them, 202 without. In both cases, Location has their address. "
                    + "A part named model has an ONNX file, which is run on the images of the server; its status is running until then."
            )
            .ProducesSubmissionProblems()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .DisableAntiforgery();
        group
            .MapPost("/validate", Validate)
            .WithMetadata(new ReceivesFilesAttribute(), new ReceivesModelsAttribute())
            .WithName("ValidateSubmission")
            .WithSummary("Check predictions without submitting them; nothing is stored")
            .ProducesSubmissionProblems()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .DisableAntiforgery();
        group
            .MapGet("/{id:guid}", Get)
            .WithName("GetSubmission")
            .WithSummary("A submission with its scores")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("DeleteSubmission")
            .WithSummary("Delete a submission with its files and scores; for its owner, their team and organisers")
            .ProducesChangeProblems();
        group
            .MapPatch("/{id:guid}", Patch)
            .WithName("PatchSubmission")
            .WithSummary(
                "Edit the method's name, visibility, description and links of a submission; for its owner, their team and organisers"
            )
            .WithDescription(
                "A JSON object with method, visibility, description, paperUrl, codeUrl and the protocol fields. "
                    + "A public submission keeps its former names. "
                    + "Fields that are left out stay as they are; null clears a field."
            )
            .Accepts<SubmissionPatch>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesChangeProblems();
        group
            .MapGet("/{id:guid}/predictions/{split}", GetPredictions)
            .WithoutEntityTags()
            .WithName("GetPredictions")
            .WithSummary("The submitted prediction file of a split; for its owner, their team and organisers")
            .Produces<string>(StatusCodes.Status200OK, "text/csv", "application/octet-stream", "application/vnd.apache.parquet")
            .ProducesChangeProblems();
        group
            .MapPost("/{id:guid}/evaluate", Evaluate)
            .WithName("EvaluateSubmission")
            .WithSummary("Rescore a submission, for example one that failed; for organisers")
            .WithDescription(
                "Waits up to ten seconds for the scores: 200 with them, 202 without. "
                    + "A submission that is already queued or being scored is not queued again."
            )
            .ForOrganisers()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .DisableAntiforgery();
        group.MapEvaluations();
        group.MapDetails();
        group.MapModels();
        group.MapConfusion();
        group.MapPlates();
        group.MapDials();
        group.MapStatusEvents();
        return api;
    }

    /// <summary>Declares the errors of endpoints that receive prediction files.</summary>
    public static RouteHandlerBuilder ProducesSubmissionProblems(this RouteHandlerBuilder call) =>
        call.ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static void ProducesChangeProblems(this RouteHandlerBuilder call) =>
        call.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Created<SubmissionDocument>, Accepted<SubmissionDocument>, ProblemHttpResult>> Post(
        HttpRequest request,
        SubmissionFormReader forms,
        ModelSubmissions service,
        CancellationToken cancellation
    )
    {
        var read = await forms.ReadAsync(request, cancellation);
        var result = read.TryGet(out var form, out var invalid) ? await service.SubmitAsync(form, cancellation) : invalid;
        SubmissionRefusals.SetRetryAfter(request.HttpContext, result.Refusal);
        if (!result.TryGet(out var submission, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        return submission.Status.IsUnscored()
            ? TypedResults.Accepted(submission.Links.Self, submission)
            : TypedResults.Created(submission.Links.Self, submission);
    }

    private static async Task<Results<Ok<ValidationDocument>, ProblemHttpResult>> Validate(
        HttpRequest request,
        SubmissionFormReader forms,
        ModelSubmissions service,
        CancellationToken cancellation
    )
    {
        var read = await forms.ReadAsync(request, cancellation);
        var result = read.TryGet(out var form, out var invalid) ? await service.CheckAsync(form, cancellation) : invalid;
        return result.TryGet(out var draft, out var refusal) ? TypedResults.Ok(ValidationDocument.Of(draft)) : ProblemResponses.Of(refusal);
    }

    private static async Task<Results<Ok<SubmissionDocument>, ProblemHttpResult>> Get(
        Guid id,
        SubmissionReader reader,
        CancellationToken cancellation
    ) => await reader.FindAsync(id, cancellation) is { } submission ? TypedResults.Ok(submission) : NotFound(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id,
        SubmissionChanges changes,
        CancellationToken cancellation
    ) => await changes.DeleteAsync(id, cancellation) is { } refusal ? ProblemResponses.Of(refusal) : TypedResults.NoContent();

    private static async Task<Results<Ok<SubmissionDocument>, ProblemHttpResult>> Patch(
        Guid id,
        HttpRequest request,
        SubmissionChanges changes,
        SubmissionReader reader,
        CancellationToken cancellation
    )
    {
        // The permission comes first: nobody who may not change the submission can make the server read a body.
        if (await changes.MayChangeAsync(id, cancellation) is { } forbidden)
        {
            return ProblemResponses.Of(forbidden);
        }

        var read = request.HasJsonContentType() ? await SubmissionPatch.ReadAsync(request.Body, cancellation) : SubmissionPatch.NotJson();
        var refusal = read.TryGet(out var patch, out var invalid) ? await changes.ApplyAsync(id, patch, cancellation) : invalid;
        return refusal is not null ? ProblemResponses.Of(refusal)
            : await reader.FindAsync(id, cancellation) is { } submission ? TypedResults.Ok(submission)
            : NotFound(id);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetPredictions(
        Guid id,
        string split,
        SubmissionChanges changes,
        CancellationToken cancellation
    )
    {
        var result = await changes.OpenOriginalAsync(id, split, cancellation);
        return result.Match<Results<FileStreamHttpResult, ProblemHttpResult>>(
            content =>
            {
                var file = PredictionFormats.Open(content, out var format);
                return TypedResults.File(file, PredictionFormats.MediaType(format), $"{id}-{split}{PredictionFormats.Extension(format)}");
            },
            refusal => ProblemResponses.Of(refusal)
        );
    }

    private static async Task<Results<Ok<SubmissionDocument>, Accepted<SubmissionDocument>, ProblemHttpResult>> Evaluate(
        Guid id,
        SubmissionService service,
        CancellationToken cancellation
    )
    {
        if (!(await service.RescoreAsync(id, cancellation)).TryGet(out var submission, out var refusal))
        {
            return ProblemResponses.Of(refusal);
        }

        return submission.Status.IsUnscored() ? TypedResults.Accepted(submission.Links.Self, submission) : TypedResults.Ok(submission);
    }

    private static ProblemHttpResult NotFound(Guid id) => ProblemResponses.Of(SubmissionReader.NotFound(id));
}
