using Coos.Server.Benchmarks;
using Coos.Server.Methods;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Coos.Web.Benchmarks;
using Coos.Web.Leaderboards;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Methods;

/// <summary>The API endpoints for methods over runs.</summary>
internal static class MethodEndpoints
{
    public static RouteGroupBuilder MapMethodBoards(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/methods", GetBoard)
            .WithSummary("The methods of a benchmark: entries grouped by method, with the variance over their runs")
            .WithDescription(
                "Three or more entries of one owner that name the same method and different runs are a method. "
                    + "All its runs count, and its rank is that of their mean."
            )
            .IsMethodCall("GetMethods");
        api.MapGet("/benchmarks/{slug}/methods.csv", GetCsv)
            .WithSummary("The methods of a benchmark as CSV, one line per run")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .IsMethodCall("GetMethodsCsv");
        api.MapGet("/benchmarks/{slug}/methods/{name}", GetMethod)
            .WithSummary("A method with its tests against all other methods of the benchmark")
            .WithDescription("Every difference is the method's score minus the other's. p is also given Holm-adjusted for all pairs.")
            .IsMethodCall("GetMethod");
        return api;
    }

    private static void IsMethodCall(this RouteHandlerBuilder call, string name) =>
        call.WithMetadata(new ExpensiveAttribute())
            .WithTags("Benchmarks")
            .WithName(name)
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<MethodBoardDocument>, ProblemHttpResult>> GetBoard(
        string slug,
        BenchmarkCatalog catalog,
        MethodBoardReader methods,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(MethodBoardDocument.Of(await methods.GetAsync(folder.Benchmark, cancellation)))
            : BenchmarkResponses.NotFound(slug, catalog);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        string slug,
        BenchmarkCatalog catalog,
        MethodBoardReader methods,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Text(MethodCsv.Write(await methods.GetAsync(folder.Benchmark, cancellation)), "text/csv; charset=utf-8")
            : BenchmarkResponses.NotFound(slug, catalog);

    /// <param name="slug">The benchmark.</param>
    /// <param name="name">The method's name in URLs, from the list of methods.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="methods">The boards of methods.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<MethodDetailDocument>, ProblemHttpResult>> GetMethod(
        string slug,
        string name,
        BenchmarkCatalog catalog,
        MethodBoardReader methods,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var board = await methods.GetAsync(folder.Benchmark, cancellation);
        return board.Find(name) is { } method
            ? TypedResults.Ok(MethodDetailDocument.Of(method, board))
            : ProblemResponses.Of(
                Refusal.NotFound(
                    $"{slug} has no method \"{name.Shorten()}\" with {MethodGroup.MinimumRuns} or more runs; "
                        + $"/api/benchmarks/{slug}/methods lists them."
                )
            );
    }
}
