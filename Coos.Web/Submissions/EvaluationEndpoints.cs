using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coos.Web.Submissions;

/// <summary>The API endpoint for the evaluations of a submission: the current one and earlier ones.</summary>
internal static class EvaluationEndpoints
{
    /// <summary>Adds the endpoint to the group of submissions.</summary>
    public static void MapEvaluations(this RouteGroupBuilder submissions) =>
        submissions
            .MapGet("/{id:guid}/evaluations", GetAsync)
            .WithName("GetEvaluations")
            .WithSummary("All evaluations of a submission, newest first: the current one and those by older labels or evaluators")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<IReadOnlyList<EvaluationRecord>>, ProblemHttpResult>> GetAsync(
        Guid id,
        SubmissionReader reader,
        CancellationToken cancellation
    )
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission)
        {
            return ProblemResponses.Of(SubmissionReader.NotFound(id));
        }

        var evaluations = await reader.ReadEvaluationsAsync(submission, cancellation);
        return evaluations.Count > 0 ? TypedResults.Ok(evaluations) : ProblemResponses.NotFound(ReasonForNone(submission));
    }

    private static string ReasonForNone(SubmissionDocument submission) =>
        submission switch
        {
            { Kind: SubmissionKind.Reported } =>
                "A reported result was not evaluated here: its publication reports balanced errors but no predictions.",
            { Status: SubmissionStatus.Failed } => "The submission could not be scored, so it has no evaluation.",
            { Withheld: { } reason } => reason,
            _ => "The submission is not scored yet.",
        };
}
