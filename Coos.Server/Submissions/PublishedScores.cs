using System.Globalization;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>
/// Determines which scores a benchmark's ladder withholds. Everything that shows scores uses it: the leaderboard, a
/// submission's page and document, its confusion matrices and comparisons. Only organisers see withheld scores.
/// </summary>
internal sealed class PublishedScores(IDbContextFactory<CoosDbContext> databases, BenchmarkCatalog catalog)
{
    /// <summary>The reason why scores are withheld, for pages and API; null for a benchmark without a ladder.</summary>
    public static string? Reason(Benchmark benchmark) =>
        benchmark.Ladder is { } ladder
            ? "Improvement below the step: this benchmark publishes the scores of a submission "
                + "only if they lower its submitter's best error by more than "
                + (100 * ladder.Step).ToString("0.##", CultureInfo.InvariantCulture)
                + " points."
            : null;

    /// <summary>Checks whether a submission's scores are withheld from everyone except organisers.</summary>
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

        var keys = await LadderRungs.FindSubmittersAsync(database, own.Benchmark, own.SubmitterKey, cancellation);
        var scored = await database
            .Submissions.Where(s => s.Benchmark == own.Benchmark && keys.Contains(s.SubmitterKey) && s.CurrentEvaluation != null)
            .Select(s => new
            {
                s.Id,
                s.SubmitterKey,
                s.OwnerId,
                s.Kind,
                s.CreatedAt,
                Scores = s.CurrentEvaluation!.Splits.Select(p => new { p.Split, p.BalancedError }).ToList(),
            })
            .ToListAsync(cancellation);
        var rungs = scored.Select(s => new LadderRung(
            s.Id,
            s.SubmitterKey,
            s.OwnerId,
            s.Kind,
            s.CreatedAt,
            RankingScore.Compute(folder.Benchmark, split => s.Scores.FirstOrDefault(p => p.Split == split)?.BalancedError)
        ));
        return Withheld(folder.Benchmark, [.. rungs, .. await LadderRungs.ReadDeletedAsync(database, own.Benchmark, cancellation)])
            .Contains(submission);
    }

    /// <summary>Finds the submissions whose scores the benchmark's ladder withholds; none without a ladder.</summary>
    /// <remarks>
    /// A submission without all ranking splits is withheld, because otherwise a participant could collect the errors one split
    /// at a time. Private and deleted submissions count, because their submitter saw the scores. Baselines are never withheld.
    /// </remarks>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="scored">All scored submissions of the benchmark, including private and deleted ones, in any order.</param>
    public static IReadOnlySet<Guid> Withheld(Benchmark benchmark, IEnumerable<LadderRung> scored)
    {
        var withheld = new HashSet<Guid>();
        if (benchmark.Ladder is not { } ladder)
        {
            return withheld;
        }

        foreach (var participant in LadderRungs.GroupByParticipant(scored.Where(s => s.Kind == SubmissionKind.Submission)))
        {
            withheld.UnionWith(participant.Where(s => s.Error is null).Select(s => s.Id));
            var rungs = participant.Where(s => s.Error is not null).OrderBy(s => s.CreatedAt).ThenBy(s => s.Id).ToList();
            var shown = Ladder.ComputePublicScores([.. rungs.Select(s => s.Error!.Value)], ladder.Step);
            withheld.UnionWith(rungs.Where((_, i) => i > 0 && shown[i] >= shown[i - 1]).Select(s => s.Id));
        }

        return withheld;
    }
}
