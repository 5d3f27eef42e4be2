using Coos.Server.Comparisons;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Comparisons;

/// <summary>The API endpoint that compares entries.</summary>
internal static class ComparisonEndpoints
{
    public static RouteGroupBuilder MapComparisons(this RouteGroupBuilder api)
    {
        api.MapGet("/compare", Get)
            .WithMetadata(new ExpensiveAttribute())
            .CacheOutput(ResultsCachePolicy.ComparisonsName)
            .WithTags("Submissions")
            .WithName("CompareSubmissions")
            .WithSummary("Compare two entries of a benchmark, image by image if both have predictions")
            .WithDescription(
                "Every difference is A minus B, for errors and sensitivities from 0 to 1. "
                    + "p values are Holm-adjusted for the number of test sets."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return api;
    }

    /// <param name="a">The id of a submission or reported result.</param>
    /// <param name="b">The id of another submission or reported result of the same benchmark.</param>
    /// <param name="comparisons">Compares entries.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<ComparisonDocument>, ProblemHttpResult>> Get(
        [FromQuery] string? a,
        [FromQuery] string? b,
        ComparisonService comparisons,
        CancellationToken cancellation
    )
    {
        if (!ComparisonRefusals.ReadIds(a, b).TryGet(out var pair, out var invalid))
        {
            return ProblemResponses.Of(invalid);
        }

        var result = await comparisons.CompareAsync(pair.A, pair.B, cancellation);
        return result.TryGet(out var comparison, out var refusal) ? TypedResults.Ok(comparison) : ProblemResponses.Of(refusal);
    }
}
