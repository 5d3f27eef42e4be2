using Coos.Web.Benchmarks;
using Coos.Web.Operations;
using Coos.Web.Submissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Leaderboard;

/// <summary>The API of leaderboards.</summary>
internal static class LeaderboardEndpoints
{
    public static RouteGroupBuilder MapLeaderboards(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/leaderboard", Get)
            .WithTags("Benchmarks")
            .WithName("GetLeaderboard")
            .WithSummary("A page of a benchmark's leaderboard, sorted and filtered")
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        return api;
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="sort">rank (default), method, submitter, kind, createdAt, gap, or a split's name.</param>
    /// <param name="order">asc or desc.</param>
    /// <param name="page">From 1.</param>
    /// <param name="pageSize">1 to 500, 50 by default.</param>
    /// <param name="q">A text that method or submitter contains.</param>
    /// <param name="kind">submission, baseline or reported.</param>
    /// <param name="request">The request.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="reader">Reads the leaderboard.</param>
    /// <param name="cancellation">Ends the work when the client goes.</param>
    private static async Task<Results<Ok<LeaderboardDocument>, ProblemHttpResult>> Get(
        string slug,
        [FromQuery] string? sort,
        [FromQuery] string? order,
        [FromQuery] string? page,
        [FromQuery] string? pageSize,
        [FromQuery] string? q,
        [FromQuery] string? kind,
        HttpRequest request,
        BenchmarkCatalog catalog,
        LeaderboardReader reader,
        CancellationToken cancellation)
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkAnswers.NotFound(slug, catalog);
        }

        var problems = new List<FieldProblem>();
        var query = LeaderboardQuery.Read(folder.Benchmark, request.Query, problems);
        if (problems.Count > 0)
        {
            return ProblemAnswers.Of(new Refusal(StatusCodes.Status400BadRequest, "The query is not understood", "Correct the parameters named below.") { Fields = problems });
        }

        var board = await reader.ReadAsync(folder.Benchmark, cancellation);
        return TypedResults.Ok(LeaderboardDocument.Of(LeaderboardPage.Of(board, query)));
    }
}
