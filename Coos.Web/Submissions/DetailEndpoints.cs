using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>The API endpoints for the detailed reports of guarded benchmarks.</summary>
internal static class DetailEndpoints
{
    /// <summary>Adds the endpoints to the group of submissions.</summary>
    public static void MapDetails(this RouteGroupBuilder submissions)
    {
        submissions
            .MapPost("/{id:guid}/details", PostAsync)
            .WithName("PostDetails")
            .WithSummary("Ask for the detailed report of a submission to a guarded benchmark; for its owner and their team")
            .WithDescription(
                "The report counts as an answer about the labels. The bits that it costs are added to the participant's budget; asking "
                    + "again costs nothing. With ?split= it covers one split, without it all splits."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesDetailProblems();
        submissions
            .MapGet("/{id:guid}/details", GetAsync)
            .WithName("GetDetails")
            .WithSummary("The detailed report as far as it was asked for; for the submission's owner and their team")
            .ProducesDetailProblems();
    }

    private static void ProducesDetailProblems(this RouteHandlerBuilder call) =>
        call.ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    /// <param name="id">The submission.</param>
    /// <param name="split">The split; all splits if left out.</param>
    /// <param name="reports">Gives the reports.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<DetailedReport>, ProblemHttpResult>> PostAsync(
        Guid id,
        string? split,
        DetailedReports reports,
        CancellationToken cancellation
    )
    {
        var result = await reports.GiveAsync(id, split is "" ? null : split, cancellation);
        return result.TryGet(out var report, out var refusal) ? TypedResults.Ok(report) : ProblemResponses.Of(refusal);
    }

    private static async Task<Results<Ok<DetailedReport>, ProblemHttpResult>> GetAsync(
        Guid id,
        DetailedReports reports,
        CancellationToken cancellation
    )
    {
        var result = await reports.ReadAsync(id, cancellation);
        return result.TryGet(out var report, out var refusal) ? TypedResults.Ok(report) : ProblemResponses.Of(refusal);
    }
}
