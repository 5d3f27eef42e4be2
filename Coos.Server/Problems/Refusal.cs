using Coos.Shared.Predictions;

namespace Coos.Server.Problems;

/// <summary>The reason why a request was rejected, as the API and the pages show it. Each rule creates its own.</summary>
/// <param name="Kind">The kind of error, for programs.</param>
/// <param name="Title">A short title.</param>
/// <param name="Detail">What was found, what is allowed, what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Title, string Detail)
{
    /// <summary>The problems in the uploaded files.</summary>
    public ProblemList? Problems { get; init; }

    /// <summary>The problems in the form's fields.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>The existing submission with the same predictions.</summary>
    public Guid? Existing { get; init; }

    /// <summary>When to try again, UTC; null if waiting does not help.</summary>
    public DateTime? NextSlotAt { get; init; }

    /// <summary>Rejects a request for an object that does not exist or that the viewer may not see.</summary>
    public static Refusal NotFound(string detail) => new(RefusalKind.NotFound, "Not found", detail);

    /// <summary>Rejects a form with invalid fields.</summary>
    public static Refusal BadFields(params IReadOnlyList<FieldProblem> fields) =>
        new(RefusalKind.Invalid, "Invalid fields", "Nothing was stored. Correct the fields listed below and send the form again.")
        {
            Fields = fields,
        };

    /// <summary>Rejects a query string with invalid parameters.</summary>
    public static Refusal BadQuery(params IReadOnlyList<FieldProblem> parameters) =>
        new(RefusalKind.Invalid, "Invalid query", "Correct the parameters listed below.") { Fields = parameters };
}
