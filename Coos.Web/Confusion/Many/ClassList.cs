using System.Globalization;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;

namespace Coos.Web.Confusion.Many;

/// <summary>Selects and sorts the classes of a split for tables.</summary>
internal static class ClassList
{
    /// <summary>The value of <c>sort</c> in the URL for the order of the manifest.</summary>
    public const string ByIndex = "index";

    /// <summary>The number of classes on a page.</summary>
    public const int PageSize = 100;

    /// <summary>Finds the score of a split that has a confusion matrix, the first one by default; null if there is none.</summary>
    public static SplitScore? FindScore(SubmissionDocument submission, string? split) =>
        submission.Evaluation?.Splits.FirstOrDefault(s => s.Matrix is not null && (string.IsNullOrEmpty(split) || s.Split == split));

    /// <summary>The classes with the lowest sensitivity.</summary>
    public static IReadOnlyList<ClassScore> Worst(SplitScore score, int count) => [.. SortByError(score.Classes).Take(count)];

    /// <summary>Finds classes.</summary>
    /// <param name="score">The split's score.</param>
    /// <param name="text">A part of the name, or the index; null for all.</param>
    /// <param name="sort"><see cref="ByIndex"/>, or the lowest sensitivity first.</param>
    public static IReadOnlyList<ClassScore> Find(SplitScore score, string? text, string? sort)
    {
        var wanted = text?.Trim() ?? "";
        var found = score.Classes.Where(c =>
            c.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase)
            || string.Equals(c.Index.ToString(CultureInfo.InvariantCulture), wanted, StringComparison.Ordinal)
        );
        return sort == ByIndex ? [.. found] : SortByError(found);
    }

    private static ClassScore[] SortByError(IEnumerable<ClassScore> classes) =>
        [.. classes.OrderBy(c => c.Sensitivity ?? double.PositiveInfinity).ThenBy(c => c.Index)];
}
