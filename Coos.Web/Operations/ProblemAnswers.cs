using Coos.Shared.Submissions;
using Coos.Web.Submissions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Operations;

/// <summary>The one place where a refusal becomes an answer: RFC 9457 problem details with the problems of fields and files.</summary>
internal static class ProblemAnswers
{
    /// <summary>The answer to a refused request.</summary>
    public static ProblemHttpResult Of(Refusal refusal)
    {
        var problem = new ProblemDetails { Status = refusal.Status, Title = refusal.Title, Detail = refusal.Detail };
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

        return TypedResults.Problem(problem);
    }

    /// <summary>The answer where something is not there.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(Refusal.NotFound(detail));
}
