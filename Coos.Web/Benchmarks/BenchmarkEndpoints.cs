using Coos.Server.Benchmarks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>The API of benchmarks.</summary>
internal static class BenchmarkEndpoints
{
    public static RouteGroupBuilder MapBenchmarks(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/benchmarks").WithTags("Benchmarks");
        group
            .MapGet("", GetAll)
            .WithName("GetBenchmarks")
            .WithSummary("All benchmarks of this server, starting with the one on the front page");
        group
            .MapGet("/{slug}", Get)
            .WithName("GetBenchmark")
            .WithSummary("A benchmark: its manifest, and the number of images and the availability of labels for each split")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return api;
    }

    private static Ok<IReadOnlyList<BenchmarkDocument>> GetAll(BenchmarkCatalog catalog, LabelStore labels) =>
        TypedResults.Ok<IReadOnlyList<BenchmarkDocument>>([.. catalog.All.Select(f => BenchmarkDocument.OfListed(f.Benchmark, labels))]);

    private static Results<Ok<BenchmarkDocument>, ProblemHttpResult> Get(string slug, BenchmarkCatalog catalog, LabelStore labels) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(BenchmarkDocument.Of(folder.Benchmark, labels))
            : BenchmarkResponses.NotFound(slug, catalog);
}
