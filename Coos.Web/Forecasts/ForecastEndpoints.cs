using Coos.Server.Benchmarks;
using Coos.Server.Forecasts;
using Coos.Web.Benchmarks;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Forecasts;

/// <summary>The API endpoint for accuracies that were forecast without labels.</summary>
internal static class ForecastEndpoints
{
    public static RouteGroupBuilder MapForecasts(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/forecasts", Get)
            .WithTags("Benchmarks")
            .WithName("GetForecasts")
            .WithSummary("The accuracies of entries on shifted test sets, forecast without their labels, beside the measured ones")
            .WithDescription(
                "All accuracies are plain, from 0 to 1: class sizes are unknown without labels. "
                    + "isComputing is true, and the lists are empty, while the result is being computed."
            )
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return api;
    }

    private static async Task<Results<Ok<ForecastDocument>, ProblemHttpResult>> Get(
        string slug,
        BenchmarkCatalog catalog,
        ForecastStore forecasts,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var result = await forecasts.ReadAsync(folder.Benchmark, cancellation);
        return result.TryGet(out var document, out var refusal) ? TypedResults.Ok(document) : ProblemResponses.Of(refusal);
    }
}
