using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Groups;
using Coos.Server.Problems;
using Coos.Web.Benchmarks;
using Coos.Web.Components;
using Coos.Web.Discovery;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Leaderboards.Exports;

/// <summary>The API endpoints that export whole leaderboards as files.</summary>
internal static class ExportEndpoints
{
    public static RouteGroupBuilder MapExports(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/leaderboard.json", GetJson)
            .WithSummary("A benchmark's whole leaderboard on one page, best first")
            .HasGroup()
            .IsExport("GetLeaderboardJson");
        api.MapGet("/benchmarks/{slug}/leaderboard.csv", GetCsv)
            .WithSummary("A benchmark's whole leaderboard as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .HasGroup()
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

    private static RouteHandlerBuilder HasGroup(this RouteHandlerBuilder call) =>
        call.WithMetadata(new ExpensiveParameters([GroupKey.ParameterName]))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    /// <param name="slug">The benchmark.</param>
    /// <param name="group">A group of images whose scores are added: a label column and a value, `hospital:3`.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="boards">The leaderboards.</param>
    /// <param name="groups">Reads the scores of groups.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<LeaderboardDocument>, ProblemHttpResult>> GetJson(
        string slug,
        [FromQuery] string? group,
        BenchmarkCatalog catalog,
        BoardStore boards,
        BoardGroupReader groups,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        var page = new LeaderboardPage(board.Rows, board.Rows.Count, 1, Math.Max(1, board.Rows.Count));
        var (scores, refusal) = await ReadGroupAsync(board, group, groups, cancellation);
        return refusal is null ? TypedResults.Ok(LeaderboardDocument.Of(board, page, scores)) : ProblemResponses.Of(refusal);
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="group">A group of images whose scores are the last columns: a label column and a value, `hospital:3`.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="boards">The leaderboards.</param>
    /// <param name="groups">Reads the scores of groups.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        string slug,
        [FromQuery] string? group,
        BenchmarkCatalog catalog,
        BoardStore boards,
        BoardGroupReader groups,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        var (scores, refusal) = await ReadGroupAsync(board, group, groups, cancellation);
        return refusal is null
            ? TypedResults.Text(LeaderboardCsv.Write(board, scores), "text/csv; charset=utf-8")
            : ProblemResponses.Of(refusal);
    }

    /// <summary>Reads the group of a request; neither scores nor a refusal without one.</summary>
    private static async Task<(BoardGroup? Scores, Refusal? Refusal)> ReadGroupAsync(
        Board board,
        string? text,
        BoardGroupReader groups,
        CancellationToken cancellation
    )
    {
        var problems = new List<FieldProblem>();
        if (GroupKey.Read(board.Benchmark, text ?? "", problems) is not { } key)
        {
            return (null, problems.Count > 0 ? Refusal.BadQuery(problems) : null);
        }

        return (await groups.ReadAsync(board, key, cancellation)).Match<(BoardGroup?, Refusal?)>(g => (g, null), r => (null, r));
    }

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
