using System.Globalization;
using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Coos.Web.Operations.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Operations;

/// <summary>Converts refusals to RFC 9457 problem details, including the problems of fields and files.</summary>
internal static class ProblemResponses
{
    /// <summary>Creates the response to a refused request.</summary>
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

    /// <summary>
    /// Refuses a request before its endpoint runs. Outside the API, the error page shows the message; it is rendered as a GET and does
    /// not read the posted form.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="retryAfter">When to send the request again, in seconds.</param>
    public static async Task RespondAsync(HttpContext context, Refusal refusal, int retryAfter)
    {
        context.Response.StatusCode = refusal.StatusCode();
        SetRetryAfter(context.Response, retryAfter);
        if (context.IsMarked<ApiCall>())
        {
            await Of(refusal).ExecuteAsync(context);
        }
        else
        {
            context.Request.Method = HttpMethods.Get;
        }
    }

    /// <summary>Tells the client when to send the request again, in seconds.</summary>
    public static void SetRetryAfter(HttpResponse response, int seconds) =>
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds a detail with advice to problem documents that the framework creates.</summary>
    /// <param name="problem">The document.</param>
    /// <param name="exception">The exception that it describes; null for none.</param>
    public static void AddAdvice(ProblemDetails problem, Exception? exception) =>
        problem.Detail ??= problem.Status switch
        {
            // Only the exception knows the limit of the endpoint.
            StatusCodes.Status413PayloadTooLarge => exception?.Message,
            StatusCodes.Status503ServiceUnavailable when exception is BadHttpRequestException => exception.Message,
            StatusCodes.Status404NotFound => "This API endpoint does not exist; /swagger lists all endpoints.",
            StatusCodes.Status405MethodNotAllowed =>
                "This endpoint does not support this method; the header Allow lists the supported ones.",
            StatusCodes.Status507InsufficientStorage =>
                "The disk of the server's database is full. Nothing was stored in part, and existing results can still be read. "
                    + "Tell an organiser, and send the request again when there is space.",
            >= StatusCodes.Status500InternalServerError => "This is an error of the server and was written to its log under this traceId. "
                + "Nothing was stored in part; try again in a moment.",
            _ => null,
        };

    /// <summary>The type URI of statuses outside RFC 9110; the framework adds the others.</summary>
    private static string? TypeOf(int status) =>
        status == StatusCodes.Status429TooManyRequests ? "https://tools.ietf.org/html/rfc6585#section-4" : null;

    /// <summary>Creates a 404 response.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(Refusal.NotFound(detail));
}
