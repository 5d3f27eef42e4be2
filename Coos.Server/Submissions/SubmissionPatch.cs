using System.Text.Json;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

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

    /// <summary>Reads a JSON object.</summary>
    public static async Task<Result<SubmissionPatch>> ReadAsync(Stream json, CancellationToken cancellation)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var body = await JsonNode.ParseAsync(json, documentOptions: options, cancellationToken: cancellation);
            return body is JsonObject properties ? Read(properties) : Unreadable("It is not a JSON object.");
        }
        catch (JsonException e)
        {
            return Unreadable($"Line {e.LineNumber + 1} is not valid JSON.");
        }
        catch (InvalidOperationException)
        {
            // How JsonNode says that the bytes of a name or text are not UTF-8, or half of a surrogate pair.
            return Unreadable("A name or text in it is not valid Unicode.");
        }
    }

    /// <summary>The refusal of a body of another type.</summary>
    public static Refusal NotJson() =>
        new(
            RefusalKind.UnsupportedMediaType,
            "Not JSON",
            $"Nothing was changed. Send application/json: an object of {string.Join(", ", Known)}."
        );

    private static Result<SubmissionPatch> Read(JsonObject properties)
    {
        var problems = new List<FieldProblem>();
        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in properties)
        {
            if (!Known.Contains(name))
            {
                problems.Add(
                    new FieldProblem(name.Shorten(), "unknown-field", $"this cannot be changed; allowed: {string.Join(", ", Known)}")
                );
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
    public static Result<SubmissionPatch> Read(IReadOnlyDictionary<string, string> form) =>
        Check(form.Where(f => Known.Contains(f.Key)).ToDictionary(), []);

    private static Result<SubmissionPatch> Check(Dictionary<string, string> fields, List<FieldProblem> problems)
    {
        var checks = new FieldChecks(new SubmissionRequest(fields, []), problems);
        var patch = new SubmissionPatch
        {
            Visibility = fields.ContainsKey("visibility") ? checks.OneOf("visibility", SubmissionVisibility.Public) : null,
            Description = checks.Text("description", Submission.DescriptionLength),
            PaperUrl = checks.Url("paperUrl", Submission.UrlLength),
            CodeUrl = checks.Url("codeUrl", Submission.UrlLength),
            Sent = fields.Keys.ToHashSet(),
        };
        return problems.Count == 0
            ? patch
            : new Refusal(
                RefusalKind.Invalid,
                "The change is not understood",
                "Nothing was changed. Correct the fields named below and send it again."
            )
            {
                Fields = problems,
            };
    }

    private static Refusal Unreadable(string reason) =>
        new(
            RefusalKind.Invalid,
            "The change cannot be read",
            $"Nothing was changed. {reason} Send an object of {string.Join(", ", Known)}."
        );
}
