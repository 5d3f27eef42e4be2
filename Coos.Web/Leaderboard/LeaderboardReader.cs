using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Coos.Web.Accounts;
using Coos.Web.Data;
using Coos.Web.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Leaderboard;

/// <summary>Reads all entries of a benchmark and ranks them.</summary>
internal sealed class LeaderboardReader(CoosDbContext database)
{
    /// <summary>The whole leaderboard, best first.</summary>
    public async Task<IReadOnlyList<RankedEntry>> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var reported = await ReadReportedAsync(benchmark.Slug, cancellation);
        var submitted = await ReadSubmittedAsync(benchmark.Slug, cancellation);
        return Ranker.Rank(reported.Concat(submitted), benchmark);
    }

    /// <summary>How many entries show old scores while they are scored anew.</summary>
    public Task<int> CountOutdatedAsync(Benchmark benchmark, CancellationToken cancellation) =>
        database.Submissions.Listed().CountAsync(
            s => s.Benchmark == benchmark.Slug
                && s.CurrentEvaluationId != null
                && (s.Status == SubmissionStatus.Received || s.Status == SubmissionStatus.Scoring),
            cancellation);

    private async Task<IEnumerable<LeaderboardEntry>> ReadReportedAsync(string slug, CancellationToken cancellation)
    {
        var rows = await database.ReportedResults
            .Where(r => r.Benchmark == slug)
            .OrderBy(r => r.Position)
            .Include(r => r.Scores)
            .ToListAsync(cancellation);
        return rows.Select(r => new LeaderboardEntry
        {
            Id = r.Id,
            Method = $"{r.Features}, {r.Classifier}",
            Features = r.Features,
            Classifier = r.Classifier,
            Submitter = r.Source,
            Kind = SubmissionKind.Reported,
            Splits = r.Scores.ToDictionary(s => s.Split, s => new EntryScore(s.BalancedError, null, null)),
        });
    }

    private async Task<IEnumerable<LeaderboardEntry>> ReadSubmittedAsync(string slug, CancellationToken cancellation)
    {
        var shown = database.Submissions.Listed().Where(s => s.Benchmark == slug && s.CurrentEvaluationId != null);
        var rows = await shown
            .Select(s => new { s.Id, s.Method, s.Submitter, s.Kind, s.CreatedAt, s.ExternalData, s.PaperUrl, s.CodeUrl, s.IsVerified, s.CurrentEvaluationId })
            .ToListAsync(cancellation);
        var scores = await database.SplitScores
            .Where(score => shown.Any(s => s.CurrentEvaluationId == score.EvaluationId))
            .Select(score => new { score.EvaluationId, score.Split, score.BalancedError, score.Lower, score.Upper })
            .ToListAsync(cancellation);
        var byEvaluation = scores.ToLookup(s => s.EvaluationId);
        return rows.Select(r => new LeaderboardEntry
        {
            Id = r.Id,
            Method = r.Method,
            Submitter = r.Submitter,
            Kind = r.Kind,
            CreatedAt = r.CreatedAt,
            ExternalData = r.ExternalData,
            PaperUrl = SubmissionReader.ToUri(r.PaperUrl),
            CodeUrl = SubmissionReader.ToUri(r.CodeUrl),
            IsVerified = r.Kind == SubmissionKind.Submission ? r.IsVerified : null,
            Splits = byEvaluation[r.CurrentEvaluationId!.Value].ToDictionary(s => s.Split, s => new EntryScore(s.BalancedError, s.Lower, s.Upper)),
        });
    }
}
