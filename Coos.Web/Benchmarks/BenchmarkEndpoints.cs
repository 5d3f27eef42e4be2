using Coos.Server.Benchmarks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Benchmarks;

/// <summary>The API of benchmarks.</summary>
internal static class BenchmarkEndpoints
{
    public static RouteGroupBuilder MapBenchmarks(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/benchmarks").WithTags("Benchmarks");
        group.MapGet("", GetAll)
            .WithName("GetBenchmarks")
            .WithSummary("All benchmarks of this server, that of the front page first");
        group.MapGet("/{slug}", Get)
            .WithName("GetBenchmark")
            .WithSummary("A benchmark: its manifest, and for each split how many images it has and whether it can be scored")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return api;
    }

    private static Ok<IReadOnlyList<BenchmarkDocument>> GetAll(BenchmarkCatalog catalog, LabelStore labels) =>
        TypedResults.Ok<IReadOnlyList<BenchmarkDocument>>([.. catalog.All.Select(f => BenchmarkDocument.Of(f.Benchmark, labels))]);

    private static Results<Ok<BenchmarkDocument>, ProblemHttpResult> Get(string slug, BenchmarkCatalog catalog, LabelStore labels) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(BenchmarkDocument.Of(folder.Benchmark, labels))
            : BenchmarkAnswers.NotFound(slug, catalog);
}
