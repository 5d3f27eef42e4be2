using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Models.Dials;

/// <summary>The reasons for refusing dial scores.</summary>
internal static class DialRefusals
{
    /// <summary>Refuses a benchmark without a split that is not shifted.</summary>
    public static Refusal NoReference(Benchmark benchmark) =>
        Refusal.NotFound($"{benchmark.Name} has no test set without shift (role inDistribution), whose images the dials would change.");

    /// <summary>Refuses an entry whose model was not run on changed images.</summary>
    /// <param name="method">The name of the entry.</param>
    public static Refusal NotRun(string method) =>
        new(
            RefusalKind.Conflict,
            "No dial scores",
            $"{method} has no dial scores. They need a model that this server runs on changed images; a file of predictions says "
                + "nothing about them. A model submitted earlier may still be running: try again later."
        );

    /// <summary>Refuses predictions that are not of the current images.</summary>
    public static Refusal ImagesChanged(string title) =>
        new(
            RefusalKind.Conflict,
            "Images changed",
            $"The images of {title} changed since the model was run on them. It must be run again for new dial scores."
        );

    /// <summary>Refuses an id of another entry that is not an id.</summary>
    public static Refusal BadId(string name) =>
        Refusal.BadQuery(
            new FieldProblem(
                name,
                "bad-value",
                $"{name} is not a valid id; an id is 32 hexadecimal digits in five groups, as in the URL of a submission's page"
            )
        );

    /// <summary>Refuses to compare an entry with itself.</summary>
    public static Refusal SameTwice() =>
        new(RefusalKind.Invalid, "The same entry twice", "with is the entry itself; choose another entry.");

    /// <summary>Refuses to compare entries of two benchmarks.</summary>
    public static Refusal OtherBenchmark(string first, string second) =>
        new(
            RefusalKind.Invalid,
            "Different benchmarks",
            $"The entries are of {first} and {second}. They predict different images, so they cannot be compared."
        );

    /// <summary>Finds why an entry has no dial scores for the viewer; null if it may have some.</summary>
    public static Refusal? Check(SubmissionDocument submission) =>
        submission switch
        {
            { Kind: SubmissionKind.Reported } => Refusal.NotFound(
                "A reported result has no dial scores: its publication gives errors but no model."
            ),
            { Disclosure: { } disclosure } => GuardedDetails.Refuse("Errors on changed images would reveal labels.", disclosure.Reason),
            { Status: SubmissionStatus.Failed } => Refusal.NotFound("The submission could not be scored, so it has no dial scores."),
            { Withheld: { } reason } => new Refusal(RefusalKind.Conflict, "Scores withheld", reason),
            { Evaluation: null } => new Refusal(RefusalKind.Conflict, "Not scored yet", "The submission is not scored yet; try again."),
            _ => null,
        };
}
