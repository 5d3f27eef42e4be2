using Coos.Server.Benchmarks;
using Coos.Server.Disclosures;
using Coos.Server.Problems;
using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>The reasons for refusing to compare two entries.</summary>
internal static class ComparisonRefusals
{
    /// <summary>Reads the two ids of a query string.</summary>
    public static Result<(Guid A, Guid B)> ReadIds(string? a, string? b)
    {
        var problems = new List<FieldProblem>();
        var (first, second) = (ReadId("a", a, problems), ReadId("b", b, problems));
        return problems.Count == 0 ? (first, second) : Refusal.BadQuery(problems);
    }

    public static Refusal SameTwice() =>
        new(RefusalKind.Invalid, "The same entry twice", "a and b are the same entry; choose two different entries.");

    /// <summary>Checks whether two entries can be compared; null if they can.</summary>
    public static Refusal? Check(Guid a, SubmissionDocument? first, Guid b, SubmissionDocument? second, BenchmarkCatalog catalog)
    {
        if (first is null || second is null)
        {
            var missing = first is null && second is null ? $"no submissions {a} and {b}" : $"no submission {(first is null ? a : b)}";
            return Refusal.NotFound($"There {(first is null && second is null ? "are" : "is")} {missing}.");
        }

        if (first.Benchmark != second.Benchmark)
        {
            return new Refusal(
                RefusalKind.Invalid,
                "Different benchmarks",
                $"a is an entry of {FormatName(first.Benchmark, catalog)}, b of {FormatName(second.Benchmark, catalog)}. "
                    + "They predict different images, so they cannot be compared. Choose two entries of the same benchmark."
            );
        }

        if (!catalog.TryGet(first.Benchmark, out _))
        {
            return Refusal.NotFound($"The benchmark {first.Benchmark} was removed from this server.");
        }

        return CheckScored("a", first) ?? CheckScored("b", second);
    }

    private static Refusal? CheckScored(string name, SubmissionDocument document) =>
        document switch
        {
            { Disclosure: { } disclosure } => GuardedDetails.Refuse(
                "Comparing entries image by image would reveal labels.",
                disclosure.Reason
            ),
            { Evaluation: not null } => null,
            { Withheld: { } reason } => new(
                RefusalKind.Conflict,
                "Scores withheld",
                $"The scores of {name} are withheld, and a comparison would reveal them. {reason}"
            ),
            { Status: SubmissionStatus.Failed } => new(
                RefusalKind.Conflict,
                "Not scored",
                $"{name} could not be scored, so there is nothing to compare. {document.Failure}"
            ),
            _ => new(RefusalKind.Conflict, "Not scored yet", $"{name} is not scored yet; try again in a moment."),
        };

    private static string FormatName(string slug, BenchmarkCatalog catalog) =>
        catalog.TryGet(slug, out var folder) ? $"{folder.Benchmark.Name} ({slug})" : slug;

    private static Guid ReadId(string field, string? text, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new FieldProblem(field, "required", $"{field} is empty; give the id of a submission or reported result"));
            return default;
        }

        if (Guid.TryParse(text.Trim(), out var id))
        {
            return id;
        }

        problems.Add(
            new FieldProblem(
                field,
                "bad-value",
                $"{field} is not a valid id; an id is 32 hexadecimal digits in five groups, as in the URL of a submission's page"
            )
        );
        return default;
    }
}
