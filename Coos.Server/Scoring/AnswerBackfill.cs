using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// Decides about scores that were recorded before their benchmark had a ladder, in the order of submission. Without a decision they
/// would be withheld.
/// </summary>
internal sealed class AnswerBackfill(IDbContextFactory<CoosDbContext> databases, BenchmarkCatalog catalog, AnswerLedger answers)
{
    /// <summary>Decides about all of them. Must run before the server accepts requests.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark).Where(b => b.Ladder is not null))
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            await AnswerLedger.LockAsync(database, benchmark.Slug, cancellation);
            var waiting = await database
                .Submissions.Where(s => s.Benchmark == benchmark.Slug && s.Kind == SubmissionKind.Submission)
                .Where(s => s.CurrentEvaluationId != null && !database.Answers.Any(a => a.EvaluationId == s.CurrentEvaluationId))
                .OrderBy(s => s.CreatedAt)
                .ThenBy(s => s.Id)
                .Select(s => new { Submission = s, Scores = s.CurrentEvaluation!.Splits.ToList() })
                .ToListAsync(cancellation);
            foreach (var entry in waiting)
            {
                var splits = entry.Scores.ToDictionary(p => p.Split, p => new ErrorEstimate(p.Loss, p.Lower, p.Upper));
                await answers.RecordScoreAsync(
                    database,
                    benchmark,
                    entry.Submission,
                    entry.Submission.CurrentEvaluationId!.Value,
                    splits,
                    cancellation
                );
            }

            await transaction.CommitAsync(cancellation);
        }
    }
}
