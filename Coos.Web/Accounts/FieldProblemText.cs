using Coos.Server.Problems;

namespace Coos.Web.Accounts;

/// <summary>Problems of fields as forms show them.</summary>
internal static class FieldProblemText
{
    /// <summary>The message as a sentence.</summary>
    public static string Sentence(this FieldProblem problem) => char.ToUpperInvariant(problem.Message[0]) + problem.Message[1..] + ".";

    /// <summary>The id of what says what is wrong with a field.</summary>
    public static string IdOf(string field) => $"problem-{field}";

    /// <summary>The id of what says what is wrong with a group of fields; null where nothing is.</summary>
    public static string? DescribedBy(this IReadOnlyList<FieldProblem> problems, string field) =>
        problems.Any(p => p.Field == field) ? IdOf(field) : null;

    /// <summary>What an input needs for its reader, the one who hears it too, to find what is wrong with it.</summary>
    /// <param name="problems">What is wrong with the form.</param>
    /// <param name="field">The field.</param>
    /// <param name="hint">The id of what explains it anyway.</param>
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
