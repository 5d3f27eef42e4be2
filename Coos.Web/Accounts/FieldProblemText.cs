using Coos.Server.Problems;

namespace Coos.Web.Accounts;

/// <summary>Formats field problems for forms.</summary>
internal static class FieldProblemText
{
    /// <summary>The message as a sentence.</summary>
    public static string Sentence(this FieldProblem problem) => char.ToUpperInvariant(problem.Message[0]) + problem.Message[1..] + ".";

    /// <summary>The id of the element with a field's error message.</summary>
    public static string IdOf(string field) => $"problem-{field}";

    /// <summary>The id of the error message of a field group; null if the group is valid.</summary>
    public static string? DescribedBy(this IReadOnlyList<FieldProblem> problems, string field) =>
        problems.Any(p => p.Field == field) ? IdOf(field) : null;

    /// <summary>The ARIA attributes that connect an input to its error message and its hint.</summary>
    /// <param name="problems">The problems of the form.</param>
    /// <param name="field">The field.</param>
    /// <param name="hint">The id of the field's hint.</param>
    public static Dictionary<string, object> Mark(this IReadOnlyList<FieldProblem> problems, string field, string? hint = null)
    {
        var isWrong = problems.Any(p => p.Field == field);
        var attributes = new Dictionary<string, object>();
        string[] describedBy = [.. new[] { isWrong ? IdOf(field) : null, hint }.OfType<string>()];
        if (describedBy.Length > 0)
        {
            attributes["aria-describedby"] = string.Join(' ', describedBy);
        }

        if (isWrong)
        {
            attributes["aria-invalid"] = "true";
            attributes["autofocus"] = true;
        }

        return attributes;
    }
}
