using System.Globalization;
using System.Net;
using System.Text.Json;
using Coos.Shared;

namespace Coos.Cli.Submit;

/// <summary>An error response of the server, with its problem document if it sent one.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Problem">The document; empty if the server sent none.</param>
/// <param name="RetryAfter">When to try again; null if the server sent none.</param>
internal sealed record ErrorResponse(HttpStatusCode Status, ProblemDocument Problem, TimeSpan? RetryAfter)
{
    /// <summary>Reads a response.</summary>
    public static async Task<ErrorResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var problem = new ProblemDocument();
        var text = await response.Content.ReadAsStringAsync(cancellation);
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                problem = JsonSerializer.Deserialize<ProblemDocument>(text, CoosJson.Options) ?? problem;
            }
            catch (JsonException)
            {
                // Invalid JSON, for example a proxy's page with the wrong content type: the status code is enough.
            }
        }

        return new ErrorResponse(response.StatusCode, problem, response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Prints one line per problem of a file, and one line for the response.</summary>
    public void Print(SubmissionUpload form, TextWriter error)
    {
        var errors = Problem.Errors ?? [];
        foreach (var entry in errors)
        {
            error.WriteLine(entry.Describe(form.LocalName(entry.File ?? "")));
        }

        Report.More(error, (Problem.ErrorCount ?? errors.Count) - errors.Count);
        var title = Problem.Title ?? (Status == HttpStatusCode.TooManyRequests ? "too many requests" : Status.ToString());
        var detail = Problem.Detail is null ? "" : $": {Problem.Detail}";
        var retry = RetryAfter is { } time
            ? string.Create(CultureInfo.InvariantCulture, $" (try again in {time.TotalSeconds:0} seconds)")
            : "";
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"coos: {(int)Status} {OneLine(title + detail)}{retry}"));
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
