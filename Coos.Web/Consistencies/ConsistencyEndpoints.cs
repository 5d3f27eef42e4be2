using Coos.Server.Benchmarks;
using Coos.Server.Consistencies;
using Coos.Web.Benchmarks;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Consistencies;

/// <summary>The API endpoint for entries that make the same mistakes.</summary>
internal static class ConsistencyEndpoints
{
    public static RouteGroupBuilder MapConsistencies(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/consistency", Get)
            .WithTags("Benchmarks")
            .WithName("GetConsistency")
            .WithSummary("Which entries of a benchmark make the same mistakes: the error consistency (kappa) of all pairs")
            .WithDescription(
                "Entries are in the order of the map, in which similar entries are neighbours. Each class of "
                    + "each test set counts the same. "
                    + "isComputing is true, and the lists are empty, while the result is being computed."
            )
            .CacheOutput(ResultsCachePolicy.SplitName)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return api;
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="split">A test set; all that rank by default.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="consistencies">Compares the entries.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<ConsistencyDocument>, ProblemHttpResult>> Get(
        string slug,
        [FromQuery] string? split,
        BenchmarkCatalog catalog,
        ConsistencyStore consistencies,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var result = await consistencies.ReadAsync(folder.Benchmark, split ?? "", cancellation);
        return result.TryGet(out var document, out var refusal) ? TypedResults.Ok(document) : ProblemResponses.Of(refusal);
    }
}
