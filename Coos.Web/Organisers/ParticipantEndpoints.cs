using Coos.Server.Benchmarks;
using Coos.Server.Organisers;
using Coos.Server.Problems;
using Coos.Shared.Text;
using Coos.Web.Benchmarks;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Organisers;

/// <summary>The API endpoints by which organisers decide who takes part in a benchmark.</summary>
internal static class ParticipantEndpoints
{
    private static readonly string[] Fields = ["state"];

    public static RouteGroupBuilder MapParticipants(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/benchmarks/{slug}/participants").WithTags("Benchmarks");
        group
            .MapGet("", List)
            .WithoutEntityTags()
            .WithName("GetParticipants")
            .WithSummary("The accounts that asked to take part in a benchmark, open requests first; for organisers")
            .ForOrganisers()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group
            .MapPut("/{account:guid}", Put)
            .WithName("PutParticipant")
            .WithSummary("Approve an account for a benchmark, or reject it; for organisers")
            .WithDescription(
                "The field state is approved or rejected. Rejecting an account later withdraws its approval; its submissions stay. "
                    + "An account can be approved before it asks."
            )
            .Accepts<ParticipantDecision>("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .ForOrganisers()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .DisableAntiforgery();
        return api;
    }

    private static async Task<Results<Ok<List<Participant>>, ProblemHttpResult>> List(
        string slug,
        BenchmarkCatalog catalog,
        ParticipantAdministration participants,
        CancellationToken cancellation
    ) =>
        catalog.TryGet(slug, out var folder)
            ? TypedResults.Ok(await participants.ListAsync(folder.Benchmark, cancellation))
            : BenchmarkResponses.NotFound(slug, catalog);

    /// <param name="slug">The benchmark.</param>
    /// <param name="account">The id of the account, as in the list of participants.</param>
    /// <param name="request">The request.</param>
    /// <param name="catalog">Finds the benchmark.</param>
    /// <param name="participants">Stores the decision.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<Participant>, ProblemHttpResult>> Put(
        string slug,
        Guid account,
        HttpRequest request,
        BenchmarkCatalog catalog,
        ParticipantAdministration participants,
        CancellationToken cancellation
    )
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return BenchmarkResponses.NotFound(slug, catalog);
        }

        var read = await JsonFields.ReadAsync(request, Fields, cancellation);
        var result = read.TryGet(out var fields, out var invalid) ? await DecideAsync(fields.GetValueOrDefault("state", "")) : invalid;
        return result.TryGet(out var participant, out var refusal) ? TypedResults.Ok(participant) : ProblemResponses.Of(refusal);

        async Task<Result<Participant>> DecideAsync(string state) =>
            state is "approved" or "rejected"
                ? await participants.SetAsync(folder.Benchmark, account, state == "approved", cancellation)
                : JsonFields.Invalid(
                    new FieldProblem("state", "bad-value", $"state is \"{state.Shorten()}\"; allowed: approved, rejected")
                );
    }

    /// <summary>An organiser's decision about an account.</summary>
    /// <param name="State"><c>approved</c> or <c>rejected</c>.</param>
    internal sealed record ParticipantDecision(string State);
}
