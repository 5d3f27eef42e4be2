using Coos.Server.Benchmarks;
using Coos.Server.Comparisons;
using Coos.Server.Problems;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Coos.Shared.Text;
using Coos.Web.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Coos.Web.Confusion;

/// <summary>The API endpoints for confusion matrices, with the data of the confusion page.</summary>
internal static class ConfusionEndpoints
{
    /// <summary>Adds the endpoints to the group of submissions.</summary>
    public static void MapConfusion(this RouteGroupBuilder submissions)
    {
        submissions
            .MapGet("/{id:guid}/confusion/{split}", Get)
            .WithName("GetConfusion")
            .WithSummary("The confusion matrix of a split: counts, shares of each true class with intervals, the most frequent confusions")
            .WithDescription(
                "With `from`, also its difference from another split, which shows the effect of the shift. "
                    + "With `against`, also its difference from another entry, computed with the current labels."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        submissions
            .MapGet("/{id:guid}/confusion/{split}.csv", GetCsv)
            .WithName("GetConfusionCsv")
            .WithSummary("The counts of a split's confusion matrix as CSV")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <param name="id">The submission.</param>
    /// <param name="split">The split.</param>
    /// <param name="from">Another split of the submission, whose shares are subtracted.</param>
    /// <param name="against">The id of another entry of the benchmark, whose shares are subtracted.</param>
    /// <param name="reader">Reads submissions.</param>
    /// <param name="comparisons">Compares entries.</param>
    /// <param name="catalog">The benchmarks.</param>
    /// <param name="cancellation">Cancelled when the client disconnects.</param>
    private static async Task<Results<Ok<ConfusionDocument>, ProblemHttpResult>> Get(
        Guid id,
        string split,
        [FromQuery] string? from,
        [FromQuery] string? against,
        SubmissionReader reader,
        ComparisonService comparisons,
        BenchmarkCatalog catalog,
        CancellationToken cancellation
    )
    {
        var result = await FindAsync(id, split, reader, catalog, cancellation);
        if (!result.TryGet(out var found, out var missing))
        {
            return ProblemResponses.Of(missing);
        }

        if (!string.IsNullOrWhiteSpace(against) && !string.IsNullOrWhiteSpace(from))
        {
            return ProblemResponses.Of(
                Refusal.BadQuery(
                    new FieldProblem(
                        "from",
                        "too-many",
                        "from and against are both given; a matrix is compared with a split or with an entry, so omit one of them"
                    )
                )
            );
        }

        var read = await ConfusionBasis.ReadAsync(comparisons, found.Submission, split, from, against, cancellation);
        return read.TryGet(out var basis, out var refusal)
            ? TypedResults.Ok(found.Matrix with { Difference = ConfusionDifference.Compute(found.Score, basis, found.Benchmark) })
            : ProblemResponses.Of(refusal);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetCsv(
        Guid id,
        string split,
        SubmissionReader reader,
        BenchmarkCatalog catalog,
        CancellationToken cancellation
    )
    {
        var result = await FindAsync(id, split, reader, catalog, cancellation);
        return result.TryGet(out var found, out var missing)
            ? TypedResults.Text(found.Matrix.ToCsv(), "text/csv; charset=utf-8")
            : ProblemResponses.Of(missing);
    }

    private static async Task<Result<FoundMatrix>> FindAsync(
        Guid id,
        string split,
        SubmissionReader reader,
        BenchmarkCatalog catalog,
        CancellationToken cancellation
    )
    {
        if (await reader.FindAsync(id, cancellation) is not { } submission || !catalog.TryGet(submission.Benchmark, out var folder))
        {
            return SubmissionReader.NotFound(id);
        }

        var scores = submission.Evaluation?.Splits ?? [];
        return scores.FirstOrDefault(s => s.Split == split) is { } score && ConfusionDocument.Create(score, folder.Benchmark) is { } matrix
            ? new FoundMatrix(submission, folder.Benchmark, score, matrix)
            : Refusal.NotFound(ReasonForNoMatrix(submission, split, scores));
    }

    private static string ReasonForNoMatrix(SubmissionDocument submission, string split, IReadOnlyList<SplitScore> scores) =>
        submission switch
        {
            { Kind: SubmissionKind.Reported } =>
                "A reported result has no confusion matrix: its publication gives balanced errors but no predictions.",
            { Status: SubmissionStatus.Failed } => "The submission could not be scored, so it has no confusion matrix.",
            { Withheld: { } reason } => reason,
            { Disclosure: { } disclosure } => disclosure.Reason,
            { Evaluation: null } => "The submission is not scored yet.",
            _ => $"The submission has no predictions for \"{split.Shorten()}\"; it has: {string.Join(", ", scores.Select(s => s.Split))}.",
        };

    private sealed record FoundMatrix(SubmissionDocument Submission, Benchmark Benchmark, SplitScore Score, ConfusionDocument Matrix);
}
