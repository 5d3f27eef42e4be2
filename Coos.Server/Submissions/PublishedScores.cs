using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// The one place that knows whose scores a benchmark's ladder withholds. Whatever shows scores asks here: the leaderboard,
/// a submission's page and document, its confusion matrices, comparisons. Only an organiser sees withheld scores.
/// </summary>
internal sealed class PublishedScores(IDbContextFactory<CoosDbContext> databases, BenchmarkCatalog catalog)
{
    /// <summary>Why scores are withheld, for page and API; null for a benchmark without a ladder.</summary>
    public static string? Reason(Benchmark benchmark) =>
        benchmark.Ladder is { } ladder
            ? "Improvement below the step: this benchmark publishes the scores of a submission only if they lower its submitter's best error by more than "
                + (100 * ladder.Step).ToString("0.##", CultureInfo.InvariantCulture)
                + " points."
            : null;

    /// <summary>Whether a submission's scores are withheld from everybody but organisers.</summary>
    public async Task<bool> IsWithheldAsync(Guid submission, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var own = await database
            .Submissions.Where(s => s.Id == submission)
            .Select(s => new { s.Benchmark, s.SubmitterKey })
            .FirstOrDefaultAsync(cancellation);
        if (own is null || !catalog.TryGet(own.Benchmark, out var folder) || folder.Benchmark.Ladder is null)
        {
            return false;
        }

        var scored = await database
            .Submissions.Where(s => s.Benchmark == own.Benchmark && s.SubmitterKey == own.SubmitterKey && s.CurrentEvaluation != null)
            .Select(s => new
            {
                s.Id,
                s.Kind,
                s.CreatedAt,
                Scores = s.CurrentEvaluation!.Splits.Select(p => new { p.Split, p.BalancedError }).ToList(),
            })
            .ToListAsync(cancellation);
        return Withheld(
                folder.Benchmark,
                scored.Select(s => new LadderRung(
                    s.Id,
                    own.SubmitterKey,
                    s.Kind,
                    s.CreatedAt,
                    RankingScore.Compute(folder.Benchmark, split => s.Scores.FirstOrDefault(p => p.Split == split)?.BalancedError)
                ))
            )
            .Contains(submission);
    }

    /// <summary>The submissions of a benchmark whose scores its ladder withholds: none without a ladder.</summary>
    /// <remarks>
    /// One that lacks a ranking split has no place on the ladder and is withheld, or its errors could be put together one
    /// split at a time. Private ones count: their submitter sees them. Baselines are the organiser's and always shown.
    /// </remarks>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="scored">All its scored submissions, private ones too, in any order.</param>
    public static IReadOnlySet<Guid> Withheld(Benchmark benchmark, IEnumerable<LadderRung> scored)
    {
        var withheld = new HashSet<Guid>();
        if (benchmark.Ladder is not { } ladder)
        {
            return withheld;
        }

        foreach (var submitter in scored.Where(s => s.Kind == SubmissionKind.Submission).GroupBy(s => s.Submitter))
        {
            withheld.UnionWith(submitter.Where(s => s.Error is null).Select(s => s.Id));
            var rungs = submitter.Where(s => s.Error is not null).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToList();
            var shown = Ladder.ComputePublicScores([.. rungs.Select(s => s.Error!.Value)], ladder.Step);
            withheld.UnionWith(rungs.Where((_, i) => i > 0 && shown[i] >= shown[i - 1]).Select(s => s.Id));
        }

        return withheld;
    }
}

/// <summary>A scored submission on its submitter's ladder.</summary>
/// <param name="Id">The submission.</param>
/// <param name="Submitter">The submitter's key.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="CreatedAt">When it came.</param>
/// <param name="Error">The error by which it ranks, 0..1; null unless every ranking split is scored.</param>
internal sealed record LadderRung(Guid Id, string Submitter, SubmissionKind Kind, DateTime CreatedAt, double? Error);
