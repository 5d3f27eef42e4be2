using Coos.Shared.Predictions;

namespace Coos.Server.Problems;

/// <summary>Why a request was refused, in the words that API and pages both show. It is made beside the rule that it belongs to.</summary>
/// <param name="Kind">The kind, for programs.</param>
/// <param name="Title">A few words.</param>
/// <param name="Detail">What was found, what is allowed, what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Title, string Detail)
{
    /// <summary>The problems of the files.</summary>
    public ProblemList? Problems { get; init; }

    /// <summary>The problems of the form's fields.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>The submission that has the same predictions.</summary>
    public Guid? Existing { get; init; }

    /// <summary>When to try again, UTC; null where waiting does not help.</summary>
    public DateTime? NextSlotAt { get; init; }

    /// <summary>The refusal of a request for something that does not exist, or not for this viewer.</summary>
    public static Refusal NotFound(string detail) => new(RefusalKind.NotFound, "Not found", detail);

    /// <summary>The refusal of a form by its fields.</summary>
    public static Refusal BadFields(params IReadOnlyList<FieldProblem> fields) =>
        new(RefusalKind.Invalid, "The form is incomplete", "Nothing was stored. Correct the fields named below and send it again.")
        {
            Fields = fields,
        };

    /// <summary>The refusal of a query string by its parameters.</summary>
    public static Refusal BadQuery(params IReadOnlyList<FieldProblem> parameters) =>
        new(RefusalKind.Invalid, "The query is not understood", "Correct the parameters named below.") { Fields = parameters };
}
