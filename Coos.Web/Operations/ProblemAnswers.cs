using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Operations;

/// <summary>The one place where a refusal becomes an answer: RFC 9457 problem details with the problems of fields and files.</summary>
internal static class ProblemAnswers
{
    /// <summary>The answer to a refused request.</summary>
    public static ProblemHttpResult Of(Refusal refusal)
    {
        var status = refusal.StatusCode();
        var problem = new ProblemDetails
        {
            Type = TypeOf(status),
            Status = status,
            Title = refusal.Title,
            Detail = refusal.Detail,
        };
        if (refusal.Problems is { } problems)
        {
            problem.Extensions["errorCount"] = problems.Count;
            problem.Extensions["errorCounts"] = problems.CountsByCode();
            problem.Extensions["errors"] = problems.Items;
        }
        else if (refusal.Fields.Count > 0)
        {
            problem.Extensions["errorCount"] = refusal.Fields.Count;
            problem.Extensions["errors"] = refusal.Fields;
        }

        if (refusal.Existing is { } existing)
        {
            problem.Extensions["submission"] = SubmissionLinks.For(existing);
        }

        if (refusal.NextSlotAt is { } nextSlot)
        {
            problem.Extensions["nextSlotAt"] = nextSlot;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>Says what to do in the problem documents that the framework makes by itself.</summary>
    public static void AddAdvice(ProblemDetails problem) =>
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status404NotFound => "The API has nothing at this address; /swagger lists its calls.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the header Allow names those it takes.",
            StatusCodes.Status507InsufficientStorage =>
                "The disk of the server's database is full. Nothing was half stored; what is there can be read. Its organiser has to make room; then send it again.",
            >= StatusCodes.Status500InternalServerError =>
                "It is the server's fault and was written to its log under this traceId. Nothing was half stored; try again in a moment.",
            _ => null,
        };

    /// <summary>The framework knows the statuses of RFC 9110 by itself.</summary>
    private static string? TypeOf(int status) =>
        status == StatusCodes.Status429TooManyRequests ? "https://tools.ietf.org/html/rfc6585#section-4" : null;

    /// <summary>The answer where something is not there.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(Refusal.NotFound(detail));
}
