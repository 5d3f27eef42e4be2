using Coos.Server.Models;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Coos.Web.Operations;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Models;

/// <summary>The API endpoint that runs a submission's model again.</summary>
internal static class ModelEndpoints
{
    /// <summary>Adds the endpoint to the group of submissions.</summary>
    public static void MapModels(this RouteGroupBuilder submissions) =>
        submissions
            .MapPost("/{id:guid}/run", Run)
            .WithName("RunModel")
            .WithSummary("Run a submission's model again, to verify it or after labels or images changed; for organisers")
            .WithDescription(
                "Returns 202; the run waits for its turn. The predictions are compared with those that the submission has: "
                    + "`model.agreement` tells on how many images another class came out."
            )
            .ForOrganisers()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .DisableAntiforgery();

    private static async Task<Results<Accepted<SubmissionDocument>, ProblemHttpResult>> Run(
        Guid id,
        ModelReruns runs,
        SubmissionReader reader,
        CancellationToken cancellation
    )
    {
        if (await runs.RequestAsync(id, cancellation) is { } refusal)
        {
            return ProblemResponses.Of(refusal);
        }

        return await reader.FindAsync(id, cancellation) is { } submission
            ? TypedResults.Accepted(submission.Links.Self, submission)
            : ProblemResponses.Of(SubmissionReader.NotFound(id));
    }
}
