using Coos.Server.Benchmarks;
using Coos.Server.Resolution;
using Coos.Web.Benchmarks;
using Coos.Web.Leaderboards;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Resolution;

/// <summary>The API endpoint for what a benchmark can tell apart.</summary>
internal static class ResolutionEndpoints
{
    public static RouteGroupBuilder MapResolution(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/resolution", Get)
            .WithMetadata(new ExpensiveAttribute())
            .CacheOutput(ResultsCachePolicy.Name)
            .WithTags("Benchmarks")
            .WithName("GetResolution")
            .WithSummary(
                "What a benchmark can tell apart: the smallest difference of two entries that its test shows in four of five cases"
            )
            .WithDescription(
                "Differences and errors are fractions from 0 to 1. The numbers depend on the labels and the baselines alone. On a guarded "
                    + "benchmark, and on a split with secret labels until an entry is scored on it, they depend on the number of images "
                    + "alone, with classes of equal size and assumed clusters."
            )
            .ProducesProblem(StatusCodes.Status404NotFound);
        return api;
    }

    private static async Task<Results<Ok<ResolutionDocument>, ProblemHttpResult>> Get(
        string slug,
        BenchmarkCatalog catalog,
        ResolutionReader resolutions,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(await resolutions.ReadAsync(folder.Benchmark, cancellation))
            : BenchmarkResponses.NotFound(slug, catalog);
}
