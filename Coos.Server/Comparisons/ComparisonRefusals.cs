using Coos.Server.Benchmarks;
using Coos.Server.Problems;
using Coos.Shared.Submissions;

namespace Coos.Server.Comparisons;

/// <summary>Why two entries are not compared.</summary>
internal static class ComparisonRefusals
{
    /// <summary>Reads the two ids of a query.</summary>
    public static Result<(Guid A, Guid B)> Read(string? a, string? b)
    {
        var problems = new List<FieldProblem>();
        var (first, second) = (ReadId("a", a, problems), ReadId("b", b, problems));
        return problems.Count == 0 ? (first, second) : Refusal.BadQuery(problems);
    }

    public static Refusal SameTwice() =>
        new(
            RefusalKind.Invalid,
            "The same entry twice",
            "a and b are the same entry, which does not differ from itself; choose another for one of them."
        );

    /// <summary>What keeps two entries from being compared; null where nothing does.</summary>
    public static Refusal? Of(Guid a, SubmissionDocument? first, Guid b, SubmissionDocument? second, BenchmarkCatalog catalog)
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
                $"a is an entry of {NameOf(first.Benchmark, catalog)}, b one of {NameOf(second.Benchmark, catalog)}: they predict different images and cannot be compared. Choose two entries of one benchmark."
            );
        }

        if (!catalog.TryGet(first.Benchmark, out _))
        {
            return Refusal.NotFound($"The server has no benchmark {first.Benchmark} any more.");
        }

        return Unscored("a", first) ?? Unscored("b", second);
    }

    private static Refusal? Unscored(string name, SubmissionDocument document) =>
        document switch
        {
            { Evaluation: not null } => null,
            { Withheld: { } reason } => new(
                RefusalKind.Conflict,
                "Scores withheld",
                $"The scores of {name} are withheld, and a comparison would tell them. {reason}"
            ),
            { Status: SubmissionStatus.Failed } => new(
                RefusalKind.Conflict,
                "Not scored",
                $"{name} could not be scored, so there is nothing to compare. {document.Failure}"
            ),
            _ => new(RefusalKind.Conflict, "Not scored yet", $"{name} is not scored yet; try again in a moment."),
        };

    private static string NameOf(string slug, BenchmarkCatalog catalog) =>
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
                $"{field} is no id; an id is 32 hexadecimal digits in five groups, as in the address of a submission's page"
            )
        );
        return default;
    }
}
