using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Organisers;
using Coos.Web.Benchmarks;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Organisers;

/// <summary>The API endpoint for organisers to close a benchmark.</summary>
internal static class ClosingEndpoints
{
    public static RouteGroupBuilder MapClosing(this RouteGroupBuilder api)
    {
        api.MapPost("/benchmarks/{slug}/close", CloseAsync)
            .WithTags("Benchmarks")
            .WithName("CloseBenchmark")
            .WithSummary("Close a benchmark for good; for organisers")
            .WithDescription(
                "A closed benchmark takes no more submissions and shows all scores in full to everyone. It cannot be reopened, "
                    + "because its labels are no longer secret."
            )
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        return api;
    }

    /// <param name="slug">The benchmark.</param>
    /// <param name="viewer">The viewer.</param>
    /// <param name="closure">Closes the benchmark.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<BenchmarkDocument>, ProblemHttpResult>> CloseAsync(
        string slug,
        Viewer viewer,
        BenchmarkClosure closure,
        LabelStore labels,
        CancellationToken cancellation
    )
    {
        if (AccessRefusals.RefuseUnlessOrganiser(viewer) is { } access)
        {
            return ProblemResponses.Of(access);
        }

        var result = await closure.CloseAsync(slug, cancellation);
        return result.TryGet(out var benchmark, out var refusal)
            ? TypedResults.Ok(BenchmarkDocument.Of(benchmark, labels))
            : ProblemResponses.Of(refusal);
    }
}
