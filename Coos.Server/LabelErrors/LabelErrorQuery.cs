using Coos.Server.Images;
using Coos.Server.Problems;
using Coos.Shared.Text;

namespace Coos.Server.LabelErrors;

/// <summary>Which of the possible label errors of a split are listed.</summary>
/// <param name="IsUnanimous">Whether only those on which all entries agree.</param>
/// <param name="Page">The page, from 1; null for all at once.</param>
public sealed record LabelErrorQuery(bool IsUnanimous, int? Page)
{
    /// <summary>The name of the parameter for <see cref="IsUnanimous"/>.</summary>
    public const string UnanimousName = "unanimous";

    /// <summary>Reads the parameters of a request.</summary>
    /// <param name="unanimous">true or false; false if empty.</param>
    /// <param name="page">The page, from 1.</param>
    public static Result<LabelErrorQuery> Read(string? unanimous, string? page)
    {
        var problems = new List<FieldProblem>();
        var isUnanimous = string.IsNullOrWhiteSpace(unanimous) ? false : YesNo.Read(unanimous);
        if (isUnanimous is null)
        {
            problems.Add(
                new FieldProblem(UnanimousName, "bad-value", $"{UnanimousName} is \"{unanimous!.Shorten()}\"; allowed: true, false")
            );
        }

        var number = ImageQuery.ReadPage(page, problems);
        return problems.Count == 0 ? new LabelErrorQuery(isUnanimous!.Value, number) : Refusal.BadQuery(problems);
    }
}
