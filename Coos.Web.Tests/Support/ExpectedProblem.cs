using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Coos.Web.Tests.Support;

/// <summary>A complete expected problem document.</summary>
/// <param name="Status">The status of the response and in the document.</param>
/// <param name="Title">The title.</param>
/// <param name="Detail">The detail.</param>
internal sealed record ExpectedProblem(HttpStatusCode Status, string Title, string Detail)
{
    /// <summary>The errors as a JSON array; null if the document has none.</summary>
    public string? Errors { get; init; }

    /// <summary>The number of errors per code as JSON; null for errors of fields.</summary>
    public string? Counts { get; init; }

    /// <summary>The links to the existing submission; null if the document has none.</summary>
    public string? Submission { get; init; }

    /// <summary>The time for a retry; null if the document has none.</summary>
    public string? NextSlotAt { get; init; }

    /// <summary>The problem of a form with invalid fields.</summary>
    public static ExpectedProblem Fields(string errors) =>
        new(HttpStatusCode.BadRequest, "Invalid fields", "Nothing was stored. Correct the fields listed below and send the form again.")
        {
            Errors = errors,
        };

    /// <summary>The problem of invalid files.</summary>
    public static ExpectedProblem Files(string detail, string counts, string errors) =>
        new(HttpStatusCode.BadRequest, "The predictions have problems", "Nothing was stored. " + detail)
        {
            Errors = errors,
            Counts = counts,
        };

    /// <summary>The problem of files with a single error.</summary>
    public static ExpectedProblem File(string code, string error) =>
        Files($"1 problem: {code} (1).", $"{{ \"{code}\": 1 }}", $"[ {error} ]");

    public static ExpectedProblem NotFound(string detail) => new(HttpStatusCode.NotFound, "Not found", detail);

    /// <summary>Asserts that a response is this document.</summary>
    public async Task AssertAsync(HttpResponseMessage response)
    {
        var text = await response.ReadTextAsync();
        Assert.True(Status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonShape.AssertMatches(ToJson(), JsonNode.Parse(text));
    }

    private string ToJson()
    {
        var document = new JsonObject
        {
            ["type"] =
                Status == HttpStatusCode.TooManyRequests
                    ? "https://tools.ietf.org/html/rfc6585#section-4"
                    : "https://tools.ietf.org/html/rfc9110#section-" + Section,
            ["title"] = Title,
            ["status"] = (int)Status,
            ["detail"] = Detail,
            ["traceId"] = "{trace}",
        };
        if (Errors is not null)
        {
            var errors = JsonNode.Parse(Errors)!.AsArray();
            document["errors"] = errors;
            document["errorCount"] = Counts is null ? errors.Count : JsonNode.Parse(Counts)!.AsObject().Sum(c => (int)c.Value!);
        }

        if (Counts is not null)
        {
            document["errorCounts"] = JsonNode.Parse(Counts);
        }

        if (NextSlotAt is not null)
        {
            document["nextSlotAt"] = NextSlotAt;
        }

        if (Submission is not null)
        {
            document["submission"] = new JsonObject
            {
                ["self"] = $"/api/submissions/{Submission}",
                ["page"] = $"/submissions/{Submission}",
            };
        }

        return document.ToJsonString();
    }

    /// <summary>The section of RFC 9110 about the status.</summary>
    private string Section =>
        Status switch
        {
            >= HttpStatusCode.InternalServerError => string.Create(CultureInfo.InvariantCulture, $"15.6.{(int)Status - 499}"),
            var status => string.Create(CultureInfo.InvariantCulture, $"15.5.{(int)status - 399}"),
        };
}
