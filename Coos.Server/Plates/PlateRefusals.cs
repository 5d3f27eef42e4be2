using Coos.Server.Benchmarks;
using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Shared.Text;

namespace Coos.Server.Plates;

/// <summary>The reasons for refusing plate maps.</summary>
internal static class PlateRefusals
{
    /// <summary>Refuses errors by well while a benchmark guards its labels.</summary>
    public static Refusal Guarded(string reason) => GuardedDetails.Refuse("Errors by well would reveal labels.", reason);

    /// <summary>Refuses a split whose labels name no wells.</summary>
    public static Refusal NoWells(string title) =>
        new(
            RefusalKind.Conflict,
            "No wells",
            $"The labels of {title} do not name wells, so there is no plate map. A column \"well\" in the labels adds one."
        );

    /// <summary>Refuses a split that the benchmark does not have, or whose labels the server does not have.</summary>
    public static Refusal UnknownSplit(string split, Benchmark benchmark) =>
        Refusal.NotFound(
            $"There are no labels of \"{split.Shorten()}\"; the test sets of {benchmark.Name} are "
                + $"{string.Join(", ", benchmark.TestSplits.Select(s => s.Name))}."
        );

    /// <summary>Refuses the mean of a board without entries.</summary>
    public static Refusal NoEntries(string title) =>
        new(RefusalKind.Conflict, "No entries", $"No entry with predictions of {title} is on the leaderboard yet.");

    /// <summary>Refuses predictions that are not of the current images.</summary>
    public static Refusal ImagesChanged(string title) =>
        new(
            RefusalKind.Conflict,
            "Images changed",
            $"The images of {title} changed since this entry was submitted, so its errors by well are not known."
        );

    /// <summary>Finds why an entry has no errors by well on a split; null if it has.</summary>
    public static Refusal? Check(SubmissionDocument submission, string split) =>
        submission switch
        {
            { Kind: SubmissionKind.Reported } => Refusal.NotFound(
                "A reported result has no plate map: its publication gives balanced errors but no predictions."
            ),
            { Disclosure: { } disclosure } => Guarded(disclosure.Reason),
            { Status: SubmissionStatus.Failed } => Refusal.NotFound("The submission could not be scored, so it has no plate map."),
            { Withheld: { } reason } => new Refusal(RefusalKind.Conflict, "Scores withheld", reason),
            { Evaluation: null } => new Refusal(RefusalKind.Conflict, "Not scored yet", "The submission is not scored yet; try again."),
            { Evaluation.Splits: var splits } when splits.All(s => s.Split != split) => Refusal.NotFound(
                $"The submission has no predictions for \"{split.Shorten()}\"; it has: {string.Join(", ", splits.Select(s => s.Split))}."
            ),
            _ => null,
        };

    /// <summary>Reads the parameter <c>true</c>, the class whose images are counted.</summary>
    /// <returns>The class, or null within the result's tuple if the parameter is empty.</returns>
    public static Result<ChosenClass> ReadClass(string? text, Benchmark benchmark)
    {
        var problems = new List<FieldProblem>();
        var index = ClassParameter.Read("true", text, benchmark, problems);
        return problems.Count == 0 ? new ChosenClass(index is { } known ? benchmark.Classes[known] : null) : Refusal.BadQuery(problems);
    }
}

/// <summary>A class that a request may choose.</summary>
/// <param name="Class">The class; null for all classes.</param>
internal sealed record ChosenClass(ClassLabel? Class);
