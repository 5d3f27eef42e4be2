using System.Net.Mime;
using Coos.Server.Models.Dials;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Dials;

/// <summary>The API endpoints for the scores of a model on changed images.</summary>
internal static class DialEndpoints
{
    private const string Path = "/{id:guid}/dials";

    /// <summary>Adds the endpoints to the group of submissions.</summary>
    public static void MapDials(this RouteGroupBuilder submissions)
    {
        submissions.MapGet(Path, Get).Describe("GetDials", "The errors of a model on changed images of the reference split");
        submissions
            .MapGet(Path + ".csv", GetCsv)
            .Describe("GetDialsCsv", "The errors of a model on changed images of the reference split as CSV")
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Text.Csv);
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder call, string name, string summary) =>
        call.WithName(name)
            .WithSummary(summary)
            .WithDescription("With `with`, the id of another submission, also the differences between the two on the same images.")
            .WithMetadata(new ExpensiveParameters(["with"]))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<DialDocument>, ProblemHttpResult>> Get(
        Guid id,
        [FromQuery] string? with,
        DialReader reader,
        CancellationToken cancellation
    ) =>
        (await reader.ReadAsync(id, with, cancellation)).TryGet(out var document, out var refusal)
            ? TypedResults.Ok(document)
            : ProblemResponses.Of(refusal);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        Guid id,
        [FromQuery] string? with,
        DialReader reader,
        CancellationToken cancellation
    ) =>
        (await reader.ReadAsync(id, with, cancellation)).TryGet(out var document, out var refusal)
            ? TypedResults.Text(document.ToCsv(), MediaTypeNames.Text.Csv + "; charset=utf-8")
            : ProblemResponses.Of(refusal);
}
