using System.Text.Json;
using System.Text.Json.Nodes;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Submissions;
using Coos.Shared.Text;

namespace Coos.Server.Submissions;

/// <summary>The changes of a PATCH request. A property that was not sent stays unchanged.</summary>
internal sealed record SubmissionPatch
{
    private static readonly string[] Known =
    [
        "method",
        "visibility",
        "description",
        "paperUrl",
        "codeUrl",
        "externalData",
        .. ProtocolFields.Names,
    ];

    /// <summary>The properties that may also be sent as a JSON number or as true or false.</summary>
    private static readonly string[] Typed = ["externalData", "run", "trainingImages", "ensemble", "testTimeAdaptation", "parameters"];

    /// <summary>The new name of the method, 1 to 100 characters. The page of a public submission keeps the old one.</summary>
    public string? Method { get; init; }

    /// <summary>The new visibility.</summary>
    public SubmissionVisibility? Visibility { get; init; }

    /// <summary>The description of the method, up to 4,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The URL of the paper.</summary>
    public string? PaperUrl { get; init; }

    /// <summary>The URL of the code.</summary>
    public string? CodeUrl { get; init; }

    /// <summary>Whether external data were used; null if not stated.</summary>
    public bool? ExternalData { get; init; }

    /// <summary>The run of the method, usually the seed.</summary>
    public string? Run { get; init; }

    /// <summary>How the method was trained and tuned.</summary>
    public Protocol Protocol { get; init; } = Protocol.None;

    /// <summary>The names of the properties that were sent.</summary>
    internal IReadOnlySet<string> Sent { get; init; } = new HashSet<string>();

    /// <summary>Reads the changes from a JSON object.</summary>
    public static async Task<Result<SubmissionPatch>> ReadAsync(Stream json, CancellationToken cancellation)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var body = await JsonNode.ParseAsync(json, documentOptions: options, cancellationToken: cancellation);
            return body is JsonObject properties ? Read(properties) : Unreadable("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            return Unreadable(JsonFault.ToSentence(e));
        }
        catch (InvalidOperationException)
        {
            // JsonNode throws this if a name or string is not valid UTF-8 or has an unpaired surrogate.
            return Unreadable("A name or string is not valid Unicode.");
        }
    }

    /// <summary>Rejects a body of another content type.</summary>
    public static Refusal NotJson() =>
        new(
            RefusalKind.UnsupportedMediaType,
            "Not JSON",
            $"Nothing was changed. Send application/json: an object with {string.Join(", ", Known)}."
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
                    new FieldProblem(name.Shorten(), "unknown-field", $"this field cannot be changed; allowed: {string.Join(", ", Known)}")
                );
            }
            else if (ReadText(name, value) is not { } text)
            {
                problems.Add(new FieldProblem(name, "bad-value", $"{name} is not a string; send a string or null"));
            }
            else
            {
                fields[name] = text;
            }
        }

        return Check(fields, problems);
    }

    /// <summary>Reads a value as the text that a form would send; empty for null, and null for a value that is not allowed.</summary>
    private static string? ReadText(string name, JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => "",
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when Typed.Contains(name) => value.ToJsonString(),
            _ => null,
        };

    /// <summary>Reads the changes from the form of the submission page.</summary>
    public static Result<SubmissionPatch> Read(IReadOnlyDictionary<string, string> form) =>
        Check(form.Where(f => Known.Contains(f.Key)).ToDictionary(), []);

    /// <summary>Applies the protocol fields that were sent to a stored protocol.</summary>
    internal Protocol Merge(Protocol stored) =>
        new()
        {
            Family = Sent.Contains("family") ? Protocol.Family : stored.Family,
            Pretraining = Sent.Contains("pretraining") ? Protocol.Pretraining : stored.Pretraining,
            TrainingImages = Sent.Contains("trainingImages") ? Protocol.TrainingImages : stored.TrainingImages,
            Ensemble = Sent.Contains("ensemble") ? Protocol.Ensemble : stored.Ensemble,
            TestTimeAdaptation = Sent.Contains("testTimeAdaptation") ? Protocol.TestTimeAdaptation : stored.TestTimeAdaptation,
            TunedOn = Sent.Contains("tunedOn") ? Protocol.TunedOn : stored.TunedOn,
            Parameters = Sent.Contains("parameters") ? Protocol.Parameters : stored.Parameters,
        };

    private static Result<SubmissionPatch> Check(Dictionary<string, string> fields, List<FieldProblem> problems)
    {
        var checks = new FieldChecks(new SubmissionRequest(fields, []), problems);
        var patch = new SubmissionPatch
        {
            Method = fields.ContainsKey("method") ? checks.Name("method", Submission.MethodLength) : null,
            Visibility = fields.ContainsKey("visibility") ? checks.OneOf("visibility", SubmissionVisibility.Public) : null,
            Description = checks.Text("description", Submission.DescriptionLength),
            PaperUrl = checks.Url("paperUrl", Submission.UrlLength),
            CodeUrl = checks.Url("codeUrl", Submission.UrlLength),
            ExternalData = checks.YesOrNo("externalData"),
            Run = ProtocolFields.ReadRun(checks),
            Protocol = ProtocolFields.Read(checks),
            Sent = fields.Keys.ToHashSet(),
        };
        return problems.Count == 0
            ? patch
            : new Refusal(
                RefusalKind.Invalid,
                "Invalid change",
                "Nothing was changed. Correct the fields listed below and send the request again."
            )
            {
                Fields = problems,
            };
    }

    private static Refusal Unreadable(string reason) =>
        new(
            RefusalKind.Invalid,
            "The request body cannot be read",
            $"Nothing was changed. {reason} Send an object with {string.Join(", ", Known)}."
        );
}
