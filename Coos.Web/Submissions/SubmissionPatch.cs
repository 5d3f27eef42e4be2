using System.Text.Json;
using System.Text.Json.Nodes;
using Coos.Shared.Submissions;
using Coos.Web.Data;

namespace Coos.Web.Submissions;

/// <summary>What shall change about a submission; a property that was not sent stays as it is.</summary>
internal sealed record SubmissionPatch
{
    private static readonly string[] Known = ["visibility", "description", "paperUrl", "codeUrl"];

    /// <summary>Who shall see it.</summary>
    public SubmissionVisibility? Visibility { get; init; }

    /// <summary>What distinguishes the method, up to 4,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Where its paper is.</summary>
    public string? PaperUrl { get; init; }

    /// <summary>Where its code is.</summary>
    public string? CodeUrl { get; init; }

    /// <summary>The names of the properties that were sent.</summary>
    internal IReadOnlySet<string> Sent { get; init; } = new HashSet<string>();

    /// <summary>Reads the body of a request.</summary>
    public static async Task<(SubmissionPatch? Patch, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
        {
            return (null, new Refusal(StatusCodes.Status415UnsupportedMediaType, "Not JSON", $"Nothing was changed. Send application/json: an object of {string.Join(", ", Known)}."));
        }

        try
        {
            var body = await JsonNode.ParseAsync(request.Body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken: cancellation);
            return body is JsonObject properties ? Read(properties) : (null, Unreadable("It is no object."));
        }
        catch (JsonException e)
        {
            return (null, Unreadable($"Line {e.LineNumber + 1}: no JSON."));
        }
        catch (InvalidOperationException)
        {
            // How JsonNode says that the bytes of a name or text are no UTF-8, or half of a surrogate pair.
            return (null, Unreadable("A name or text in it is no Unicode."));
        }
    }

    private static (SubmissionPatch? Patch, Refusal? Refusal) Read(JsonObject properties)
    {
        var problems = new List<FieldProblem>();
        var fields = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>();
        foreach (var (name, value) in properties)
        {
            if (!Known.Contains(name))
            {
                problems.Add(new FieldProblem(name.Length <= 60 ? name : name[..60], "unknown-field", $"this cannot be changed; allowed: {string.Join(", ", Known)}"));
            }
            else if (value is not null && value.GetValueKind() != JsonValueKind.String)
            {
                problems.Add(new FieldProblem(name, "bad-value", $"{name} is no text"));
            }
            else
            {
                fields[name] = value?.GetValue<string>() ?? "";
            }
        }

        return Check(fields, problems);
    }

    /// <summary>Reads the form of the submission's page.</summary>
    public static (SubmissionPatch? Patch, Refusal? Refusal) Read(IFormCollection form) => Check(form.Where(f => Known.Contains(f.Key)).ToDictionary(), []);

    private static (SubmissionPatch? Patch, Refusal? Refusal) Check(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> fields, List<FieldProblem> problems)
    {
        var checks = new FieldChecks(new SubmissionForm(new FormCollection(fields)), problems);
        var patch = new SubmissionPatch
        {
            Visibility = fields.ContainsKey("visibility") ? checks.OneOf("visibility", SubmissionVisibility.Public) : null,
            Description = checks.Text("description", Submission.DescriptionLength),
            PaperUrl = checks.Url("paperUrl", Submission.UrlLength),
            CodeUrl = checks.Url("codeUrl", Submission.UrlLength),
            Sent = fields.Keys.ToHashSet(),
        };
        return problems.Count == 0 ? (patch, null) : (null, new Refusal(StatusCodes.Status400BadRequest, "The change is not understood", "Nothing was changed. Correct the fields named below and send it again.") { Fields = problems });
    }

    private static Refusal Unreadable(string reason) => new(StatusCodes.Status400BadRequest, "The change cannot be read", $"Nothing was changed. {reason} Send an object of {string.Join(", ", Known)}.");
}
