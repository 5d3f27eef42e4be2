using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Web.Benchmarks;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>The API endpoints by which an account asks to take part in a benchmark.</summary>
internal static class ParticipationEndpoints
{
    private const string Path = "/benchmarks/{slug}/participation";
    private static readonly string[] Fields = ["message"];

    public static RouteGroupBuilder MapParticipation(this RouteGroupBuilder api)
    {
        api.MapGet(Path, Get)
            .WithoutEntityTags()
            .WithTags("Benchmarks")
            .WithName("GetParticipation")
            .WithSummary("Whether your account may take part in a benchmark")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost(Path, Post)
            .WithTags("Benchmarks")
            .WithName("PostParticipation")
            .WithSummary("Ask the organisers to let your account take part in a benchmark")
            .WithDescription(
                "The optional field message, up to 1,000 characters, is for the organisers. Asking again changes nothing. "
                    + "Each member of a team who submits needs an approval of their own."
            )
            .Accepts<ParticipationRequest>(isOptional: true, "application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .DisableAntiforgery();
        return api;
    }

    private static async Task<Results<Ok<ParticipationDocument>, ProblemHttpResult>> Get(
        string slug,
        BenchmarkCatalog catalog,
        Viewer viewer,
        Participations participations,
        CancellationToken cancellation
    )
    {
        if (!viewer.IsSignedIn)
        {
            return ProblemResponses.Of(AccessRefusals.SignInRequired());
        }

        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var participation = await participations.FindAsync(folder.Benchmark, cancellation);
        return TypedResults.Ok(ParticipationDocument.From(participation, participations.ViewerNeedsApproval(folder.Benchmark)));
    }

    private static async Task<Results<Accepted<ParticipationDocument>, ProblemHttpResult>> Post(
        string slug,
        HttpRequest request,
        BenchmarkCatalog catalog,
        Participations participations,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var read = await JsonFields.ReadAsync(request, Fields, cancellation);
        var result = read.TryGet(out var fields, out var invalid)
            ? await participations.RequestAsync(folder.Benchmark, fields.GetValueOrDefault("message", ""), cancellation)
            : invalid;
        return result.TryGet(out var participation, out var refusal)
            ? TypedResults.Accepted(
                $"/api/benchmarks/{folder.Benchmark.Slug}/participation",
                ParticipationDocument.From(participation, true)
            )
            : ProblemResponses.Of(refusal);
    }
}
