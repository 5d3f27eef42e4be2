using System.Text.Json;
using System.Text.Json.Nodes;
using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Web.Operations;

/// <summary>Reads the fields of a small request body, strictly: unknown fields are rejected.</summary>
internal static class JsonFields
{
    /// <summary>Reads a JSON object of texts, or a form; a request without a body has no fields.</summary>
    /// <remarks>Endpoints declare what they accept, so requests with another content type do not reach them.</remarks>
    /// <param name="request">The request.</param>
    /// <param name="known">The fields that it may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The fields that were sent, or the refusal.</returns>
    public static async Task<Result<Dictionary<string, string>>> ReadAsync(
        HttpRequest request,
        IReadOnlyList<string> known,
        CancellationToken cancellation
    )
    {
        if (request.HasJsonContentType())
        {
            return await ReadJsonAsync(request.Body, known, cancellation);
        }

        return request.HasFormContentType ? await ReadFormAsync(request, known, cancellation) : new Dictionary<string, string>();
    }

    private static async Task<Result<Dictionary<string, string>>> ReadJsonAsync(
        Stream body,
        IReadOnlyList<string> known,
        CancellationToken cancellation
    )
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            var json = await JsonNode.ParseAsync(body, documentOptions: options, cancellationToken: cancellation);
            return json is JsonObject properties ? Check(properties, known) : Unreadable("The body is not a JSON object.", known);
        }
        catch (JsonException e)
        {
            return Unreadable(JsonFault.ToSentence(e), known);
        }
        catch (InvalidOperationException)
        {
            // JsonNode throws this if a name or string is not valid UTF-8 or has an unpaired surrogate.
            return Unreadable("A name or string is not valid Unicode.", known);
        }
    }

    private static async Task<Result<Dictionary<string, string>>> ReadFormAsync(
        HttpRequest request,
        IReadOnlyList<string> known,
        CancellationToken cancellation
    )
    {
        try
        {
            var form = await request.ReadFormAsync(cancellation);
            var problems = form.Keys.Concat(form.Files.Select(f => f.Name)).Except(known).Select(name => Unknown(name, known));
            return problems.ToList() is { Count: > 0 } unknown
                ? Invalid(unknown)
                : form.ToDictionary(f => f.Key, f => f.Value.Count > 0 ? f.Value[0] ?? "" : "");
        }
        catch (InvalidDataException e)
        {
            return Unreadable(e.Message, known);
        }
    }

    private static Result<Dictionary<string, string>> Check(JsonObject properties, IReadOnlyList<string> known)
    {
        var (fields, problems) = (new Dictionary<string, string>(), new List<FieldProblem>());
        foreach (var (name, value) in properties)
        {
            if (!known.Contains(name))
            {
                problems.Add(Unknown(name, known));
            }
            else if (value is not null && value.GetValueKind() != JsonValueKind.String)
            {
                problems.Add(new FieldProblem(name, "bad-value", $"{name} is not a string; send a string"));
            }
            else
            {
                fields[name] = value?.GetValue<string>() ?? "";
            }
        }

        return problems.Count > 0 ? Invalid(problems) : fields;
    }

    private static FieldProblem Unknown(string name, IReadOnlyList<string> known) =>
        new(name.Shorten(), "unknown-field", $"this field does not exist; allowed: {string.Join(", ", known)}");

    /// <summary>Rejects invalid fields.</summary>
    public static Refusal Invalid(params IReadOnlyList<FieldProblem> problems) =>
        new(RefusalKind.Invalid, "Invalid fields", "Nothing was changed. Correct the fields listed below and send the request again.")
        {
            Fields = problems,
        };

    private static Refusal Unreadable(string reason, IReadOnlyList<string> known) =>
        new(
            RefusalKind.Invalid,
            "The request body cannot be read",
            $"Nothing was changed. {reason} Send an object with {string.Join(", ", known)}."
        );
}
