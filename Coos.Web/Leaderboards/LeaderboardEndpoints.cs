using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.Changes;
using Coos.Server.Leaderboards.Final;
using Coos.Server.Leaderboards.Groups;
using Coos.Server.Mixes;
using Coos.Server.Problems;
using Coos.Web.Benchmarks;
using Coos.Web.Mixes;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Leaderboards;

/// <summary>The API endpoints for leaderboards.</summary>
internal static class LeaderboardEndpoints
{
    public static RouteGroupBuilder MapLeaderboards(this RouteGroupBuilder api)
    {
        api.MapGet("/benchmarks/{slug}/leaderboard", Get)
            .WithTags("Benchmarks")
            .WithName("GetLeaderboard")
            .WithSummary("A page of a benchmark's leaderboard, sorted and filtered")
            .WithDescription(
                "With `weights`, `costs` or `splits`, entries are ranked by their weighted error in your own mix of classes: the sum over "
                    + "true classes of weight x mean cost of their images. `mix` says what was computed, and which entries were left out. "
                    + "With `group`, rows have the scores within one group of images, such as those of a hospital."
            )
            .WithMetadata(new ExpensiveParameters([.. MixQuery.ParameterNames, GroupKey.ParameterName]))
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/benchmarks/{slug}/changes", GetChanges)
            .WithTags("Benchmarks")
            .WithName("GetChanges")
            .WithSummary("The rescoring history of a benchmark: how new labels or a new evaluator changed ranks and scores, newest first")
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/benchmarks/{slug}/final", GetFinal)
            .WithTags("Benchmarks")
            .WithName("GetFinalRanking")
            .WithSummary("The final ranking of a closed benchmark, by the sealed part of its labels, beside the scores on the public part")
            .CacheOutput(ResultsCachePolicy.Name)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return api;
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="sort">
    /// rank (default), method, submitter, kind, createdAt, gap, robustness, a split's name, or group:SPLIT with a group.
    /// </param>
    /// <param name="order">asc or desc.</param>
    /// <param name="page">The page number, from 1.</param>
    /// <param name="pageSize">1 to 500, 50 by default.</param>
    /// <param name="q">A search text: part of the method's or submitter's name.</param>
    /// <param name="kind">submission, baseline or reported.</param>
    /// <param name="family">A family: deeploc, pci, vgg, texture, other, or one that submitters name.</param>
    /// <param name="externalData">true for entries that declare external data, false for entries that declare none.</param>
    /// <param name="pretraining">Text that the stated pretraining contains.</param>
    /// <param name="ensemble">true for stated ensembles, false for stated single models.</param>
    /// <param name="testTimeAdaptation">true for entries that state adaptation to the test images, false for those that state none.</param>
    /// <param name="tunedOn">training, reference or other: the data that the options were chosen on.</param>
    /// <param name="maxTrainingImages">The maximum number of training images.</param>
    /// <param name="maxParameters">The maximum number of parameters.</param>
    /// <param name="verification">none (sent without an account), signedIn or organiser (checked by an organiser).</param>
    /// <param name="group">
    /// A group of images whose scores are added to the rows: a label column of the manifest's `groups` and a value, `hospital:3`. Not with
    /// weights, costs or splits.
    /// </param>
    /// <param name="weights">
    /// How frequent each class is in your images, as `class:weight` pairs: `ER:0.4,Golgi:0.6`. A class is a name, short name or index; an
    /// index is always unambiguous. Only ratios matter, and classes that are not listed have weight 0. All are equal by default.
    /// </param>
    /// <param name="costs">
    /// What a mistake costs, 0 to 100, as `true>predicted:cost`: `Golgi>Endosome:3`; `*` is any class. Other mistakes cost 1.
    /// </param>
    /// <param name="splits">The test sets that count: `test4` or `test3,test4`. The ranking splits by default.</param>
    /// <param name="request">The request.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="boards">The leaderboards.</param>
    /// <param name="groups">Reads the scores of groups.</param>
    /// <param name="mixes">Ranks by a mix.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<LeaderboardDocument>, ProblemHttpResult>> Get(
        string slug,
        [FromQuery] string? sort,
        [FromQuery] string? order,
        [FromQuery] string? page,
        [FromQuery] string? pageSize,
        [FromQuery] string? q,
        [FromQuery] string? kind,
        [FromQuery] string? family,
        [FromQuery] string? externalData,
        [FromQuery] string? pretraining,
        [FromQuery] string? ensemble,
        [FromQuery] string? testTimeAdaptation,
        [FromQuery] string? tunedOn,
        [FromQuery] string? maxTrainingImages,
        [FromQuery] string? maxParameters,
        [FromQuery] string? verification,
        [FromQuery] string? group,
        [FromQuery] string? weights,
        [FromQuery] string? costs,
        [FromQuery] string? splits,
        HttpRequest request,
        BenchmarkCatalog catalog,
        BoardStore boards,
        BoardGroupReader groups,
        MixService mixes,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var problems = new List<FieldProblem>();
        var query = LeaderboardQuery.Read(folder.Benchmark, request.Query.Text, problems);
        var mix = MixReader.Read(folder.Benchmark, request.Query.Text, problems);
        if (query.Group is not null && MixQuery.IsIn(request.Query.Text))
        {
            problems.Add(
                new FieldProblem(
                    GroupKey.ParameterName,
                    "bad-value",
                    "group cannot be combined with weights, costs or splits; leave one out"
                )
            );
        }

        if (problems.Count > 0)
        {
            return ProblemResponses.Of(Refusal.BadQuery(problems));
        }

        var board = await boards.GetAsync(folder.Benchmark, cancellation);
        if (MixQuery.IsIn(request.Query.Text))
        {
            var result = await mixes.ComputeAsync(folder, mix, cancellation);
            return result.TryGet(out var outcome, out var refusal)
                ? TypedResults.Ok(MixBoard.CreateDocument(board, outcome, query))
                : ProblemResponses.Of(refusal);
        }

        if (query.Group is not { } key)
        {
            return TypedResults.Ok(LeaderboardDocument.Of(board, LeaderboardPage.Create(board.Rows, query)));
        }

        return (await groups.ReadAsync(board, key, cancellation)).Match<Results<Ok<LeaderboardDocument>, ProblemHttpResult>>(
            scores => TypedResults.Ok(LeaderboardDocument.Of(board, LeaderboardPage.Create(board.Rows, query, scores), scores)),
            refusal => ProblemResponses.Of(refusal)
        );
    }

    private static async Task<Results<Ok<IReadOnlyList<ChangeDocument>>, ProblemHttpResult>> GetChanges(
        string slug,
        BenchmarkCatalog catalog,
        ChangeReader changes,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(await changes.ReadAsync(folder.Benchmark, cancellation))
            : BenchmarkResponses.NotFound(slug, catalog);

    private static async Task<Results<Ok<FinalRanking>, ProblemHttpResult>> GetFinal(
        string slug,
        BenchmarkCatalog catalog,
        FinalRankingReader reader,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var result = await reader.ReadOrRefuseAsync(folder.Benchmark, cancellation);
        return result.TryGet(out var ranking, out var refusal) ? TypedResults.Ok(ranking) : ProblemResponses.Of(refusal);
    }
}
