using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Web.Benchmarks;
using Coos.Web.Components;
using Coos.Web.Discovery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>The API endpoints that export whole leaderboards as files.</summary>
internal static class ExportEndpoints
{
    public static RouteGroupBuilder MapExports(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/leaderboard.json", GetJson)
            .WithSummary("A benchmark's whole leaderboard on one page, best first")
            .IsExport("GetLeaderboardJson");
        api.MapGet("/benchmarks/{slug}/leaderboard.csv", GetCsv)
            .WithSummary("A benchmark's whole leaderboard as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .IsExport("GetLeaderboardCsv");
        api.MapGet("/benchmarks/{slug}/leaderboard.tex", GetLatex)
            .WithSummary("A benchmark's whole leaderboard as a LaTeX table")
            .Produces<string>(StatusCodes.Status200OK, "application/x-tex")
            .IsExport("GetLeaderboardLatex");
        api.MapGet("/benchmarks/{slug}/leaderboard.bib", GetBibTex)
            .WithSummary("BibTeX entries to cite a benchmark and the entries scored on this server")
            .Produces<string>(StatusCodes.Status200OK, "application/x-bibtex")
            .IsExport("GetLeaderboardBibTex");
        return api;
    }

    private static void IsExport(this RouteHandlerBuilder call, string name) =>
        call.WithTags("Benchmarks").WithName(name).CacheOutput(ResultsCachePolicy.Name).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<LeaderboardDocument>, ProblemHttpResult>> GetJson(
        string slug,
        BenchmarkCatalog catalog,
        BoardStore boards,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        return TypedResults.Ok(
            LeaderboardDocument.Of(board, new LeaderboardPage(board.Rows, board.Rows.Count, 1, Math.Max(1, board.Rows.Count)))
        );
    }

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        string slug,
        BenchmarkCatalog catalog,
        BoardStore boards,
        CancellationToken cancellation
    ) => WriteAsync(slug, catalog, boards, "text/csv; charset=utf-8", LeaderboardCsv.Write, cancellation);

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetLatex(
        string slug,
        HttpRequest request,
        BenchmarkCatalog catalog,
        BoardStore boards,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            slug,
            catalog,
            boards,
            "application/x-tex; charset=utf-8",
            board => BoardLatex.Write(board.Benchmark, board.Rows, request.AbsoluteAddress(Addresses.Benchmark(board.Benchmark, catalog))),
            cancellation
        );

    private static Task<Results<ContentHttpResult, ProblemHttpResult>> GetBibTex(
        string slug,
        HttpRequest request,
        BenchmarkCatalog catalog,
        BoardStore boards,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            slug,
            catalog,
            boards,
            "application/x-bibtex; charset=utf-8",
            board => BibTex.Write(board, request.AbsoluteAddress),
            cancellation
        );

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> WriteAsync(
        string slug,
        BenchmarkCatalog catalog,
        BoardStore boards,
        string type,
        Func<Board, string> write,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Text(write(await boards.GetAsync(folder.Benchmark, cancellation)), type)
            : BenchmarkResponses.NotFound(slug, catalog);
}
