using Coos.Server.Accounts;
using Coos.Server.Organisers;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Organisers;

/// <summary>The API endpoint for organisers to upload labels.</summary>
internal static class LabelEndpoints
{
    public static RouteGroupBuilder MapLabels(this RouteGroupBuilder api)
    {
        api.MapPut("/benchmarks/{slug}/splits/{split}/labels", Put)
            .WithMetadata(new ReceivesFilesAttribute())
            .WithTags("Benchmarks")
            .WithName("PutLabels")
            .WithSummary("Apply labels to a split, or preview what they would change; for organisers")
            .WithDescription(
                "The body is a label file, image_id,label[,plate][,well], or a form with one file; plain, gzip or a zip with one file. "
                    + "Submissions are rescored in the background and show their old scores until then."
            )
            .Accepts<string>(
                "text/csv",
                "text/plain",
                "application/gzip",
                "application/x-gzip",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "application/zip",
                "multipart/form-data"
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return api;
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="split">The split.</param>
    /// <param name="preview">true to preview the change without applying it.</param>
    /// <param name="request">The request.</param>
    /// <param name="viewer">The viewer.</param>
    /// <param name="upload">Stores the labels.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<LabelReplacement>, ProblemHttpResult>> Put(
        string slug,
        string split,
        string? preview,
        HttpRequest request,
        Viewer viewer,
        LabelUpload upload,
        CancellationToken cancellation
    )
    {
        if (AccessRefusals.RefuseUnlessOrganiser(viewer) is { } access)
        {
            return ProblemResponses.Of(access);
        }

        var isPreview = string.IsNullOrEmpty(preview) ? false : YesNo.Read(preview);
        if (isPreview is null)
        {
            return ProblemResponses.Of(
                new Refusal(RefusalKind.Invalid, "Invalid query", "Nothing was stored. Set preview to true or false.")
            );
        }

        var body = await LabelBody.OpenAsync(request, cancellation);
        var result = await body.Match(
            content => upload.RunAsync(slug, split, content, isPreview.Value, cancellation),
            unreadable => Task.FromResult<Result<LabelReplacement>>(unreadable)
        );
        return result.TryGet(out var change, out var refusal) ? TypedResults.Ok(change) : ProblemResponses.Of(refusal);
    }
}
