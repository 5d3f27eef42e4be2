using System.Collections.Concurrent;
using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Disclosures;
using Coos.Server.Scoring;
using Coos.Server.Submissions;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;
using Coos.Shared.Scores;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards;

/// <summary>
/// Reads the entries of a benchmark from the database. Pages and API calls use <see cref="BoardStore"/>, which caches them.
/// </summary>
internal sealed class LeaderboardReader(IDbContextFactory<CoosDbContext> databases) : IRankReader
{
    /// <summary>The maximum number of uncached evaluations to read by id; with more, all evaluations of the benchmark are read.</summary>
    private const int FewEvaluations = 100;

    /// <summary>
    /// The cached scores of evaluations, by benchmark, part and ranking metric. An evaluation never changes, so only new ones are read.
    /// </summary>
    private readonly ConcurrentDictionary<
        (string Benchmark, LabelPart Part, MetricId Metric),
        Dictionary<Guid, Dictionary<string, EntryScore>>
    > _known = new();

    /// <summary>Reads all entries of a leaderboard, and how many of them show old scores or wait for the rescoring of the others.</summary>
    public async Task<(IReadOnlyList<LeaderboardEntry> Entries, (int Outdated, int Held) Counts)> ReadEntriesAsync(
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await ReadEntriesAsync(database, benchmark, cancellation);
    }

    /// <summary>Reads the entries within the context's transaction.</summary>
    public async Task<(IReadOnlyList<LeaderboardEntry> Entries, (int Outdated, int Held) Counts)> ReadEntriesAsync(
        CoosDbContext database,
        Benchmark benchmark,
        CancellationToken cancellation
    )
    {
        var reported = await ReadReportedAsync(database, benchmark.Slug, cancellation);
        var rows = await ReadRowsAsync(database.Submissions.Where(s => s.Benchmark == benchmark.Slug), cancellation);
        var scores = await ReadScoresAsync(database, benchmark, rows, cancellation);
        var answers = benchmark.Ladder is null ? null : await ShownScores.ReadAsync(database, benchmark.Slug, cancellation);
        var tries = await ReadTriesAsync(database, benchmark.Slug, cancellation);
        var shown = rows.Where(r => r.IsListed && scores.ContainsKey(r.EvaluationId)).ToList();
        return (
            MethodFamily.AssignStyles([
                .. reported,
                .. shown.Where(r => !r.IsHeld).Select(r => r.ToEntry(scores[r.EvaluationId], FindShown(r, answers), tries, benchmark)),
            ]),
            (shown.Count(r => r.IsOutdated), shown.Count(r => r.IsHeld))
        );
    }

    /// <summary>
    /// Reads entries by their ids, also those that are not on the leaderboard, with the scores that are shown of them. Their ranks are
    /// those among each other.
    /// </summary>
    public async Task<IReadOnlyList<RankedEntry>> ReadByIdAsync(Benchmark benchmark, IReadOnlySet<Guid> ids, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var rows = await ReadRowsAsync(database.Submissions.Where(s => s.Benchmark == benchmark.Slug && ids.Contains(s.Id)), cancellation);
        var scores = await ReadScoresAsync(database, benchmark, rows, cancellation);
        var answers = benchmark.Ladder is null ? null : await ShownScores.ReadAsync(database, benchmark.Slug, cancellation);
        var entries = rows.Where(r => scores.ContainsKey(r.EvaluationId))
            .Select(r => r.ToEntry(scores[r.EvaluationId], FindShown(r, answers), new Dictionary<string, int>(), benchmark));
        return Ranker.Rank(entries, benchmark);
    }

    /// <summary>
    /// Reads the numbers of accepted submissions by account and team. The counters of the quota are kept when submissions are deleted.
    /// </summary>
    private static Task<Dictionary<string, int>> ReadTriesAsync(CoosDbContext database, string slug, CancellationToken cancellation) =>
        database
            .QuotaUses.Where(q => q.Benchmark == slug)
            .GroupBy(q => q.Submitter)
            .Select(g => new { g.Key, Tries = g.Sum(q => q.Used) })
            .ToDictionaryAsync(g => g.Key, g => g.Tries, cancellation);

    /// <summary>What is shown of a row: everything without a ladder and for baselines, otherwise what its submitter was told.</summary>
    private static ShownScores FindShown(BoardRow row, Dictionary<Guid, ShownScores>? answers) =>
        answers is null || row.Kind != SubmissionKind.Submission
            ? ShownScores.Everything
            : answers.GetValueOrDefault(row.EvaluationId, ShownScores.Withheld);

    /// <summary>Finds the report of an evaluation on the part of the labels that the board shows; null if it was deleted.</summary>
    public async Task<Evaluation?> FindEvaluationAsync(Benchmark benchmark, Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var report = await database.Evaluations.Where(e => e.Id == id).Select(e => e.Report).FirstOrDefaultAsync(cancellation);
        var open = report is null ? null : JsonSerializer.Deserialize<Evaluation>(report, CoosJson.Options);
        return benchmark.ScoredPart == LabelPart.Sealed && open is not null
            ? await SealedReports.FindAsync(database, id, open, cancellation)
            : open;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EntryRank>> ReadRanksAsync(CoosDbContext database, Benchmark benchmark, CancellationToken cancellation)
    {
        var (entries, _) = await ReadEntriesAsync(database, benchmark, cancellation);
        return [.. Ranker.Rank(entries, benchmark).Select(r => new EntryRank(r.Entry.Id, r.Rank, r.Score))];
    }

    private static async Task<IEnumerable<LeaderboardEntry>> ReadReportedAsync(
        CoosDbContext database,
        string slug,
        CancellationToken cancellation
    )
    {
        var rows = await database
            .ReportedResults.Where(r => r.Benchmark == slug)
            .OrderBy(r => r.Position)
            .Include(r => r.Scores)
            .ToListAsync(cancellation);
        return rows.Select(r => new LeaderboardEntry
        {
            Id = r.Id,
            Method = ReportedResult.NameMethod(r.Features, r.Classifier),
            Features = r.Features,
            Classifier = r.Classifier,
            Submitter = r.Source,
            Kind = SubmissionKind.Reported,
            Splits = r.Scores.ToDictionary(
                s => s.Split,
                s => new EntryScore(s.Loss, null, null) { Deviation = s.Deviation, Replicates = r.Replicates }
            ),
        });
    }

    /// <summary>Reads all rows in one statement, so that a swap of all evaluations is seen entirely or not at all.</summary>
    private static Task<List<BoardRow>> ReadRowsAsync(IQueryable<Submission> submissions, CancellationToken cancellation) =>
        submissions
            .Where(s => s.CurrentEvaluationId != null)
            .Select(s => new BoardRow
            {
                Id = s.Id,
                Method = s.Method,
                Submitter = s.Submitter,
                Kind = s.Kind,
                Status = s.Status,
                IsListed = s.Visibility == SubmissionVisibility.Public && s.HiddenAt == null,
                IsSignedIn = s.IsSignedIn,
                IsChecked = s.IsChecked,
                IsRunHere = s.IsRunHere,
                CreatedAt = s.CreatedAt,
                PublishedAt = s.PublishedAt,
                ExternalData = s.ExternalData,
                Owner = s.SubmitterKey,
                Run = s.Run,
                Protocol = new Protocol
                {
                    Family = s.Family,
                    Pretraining = s.Pretraining,
                    TrainingImages = s.TrainingImages,
                    Ensemble = s.Ensemble,
                    TestTimeAdaptation = s.TestTimeAdaptation,
                    TunedOn = s.TunedOn,
                    Parameters = s.Parameters,
                },
                PaperUrl = s.PaperUrl,
                CodeUrl = s.CodeUrl,
                EvaluationId = s.CurrentEvaluationId!.Value,
                PendingEvaluationId = s.PendingEvaluationId,
            })
            .ToListAsync(cancellation);

    private async Task<Dictionary<Guid, Dictionary<string, EntryScore>>> ReadScoresAsync(
        CoosDbContext database,
        Benchmark benchmark,
        List<BoardRow> rows,
        CancellationToken cancellation
    )
    {
        var (slug, key) = (benchmark.Slug, (benchmark.Slug, benchmark.ScoredPart, benchmark.Ranking.Metric));
        var known = _known.GetValueOrDefault(key) ?? [];
        Guid[] missing = [.. rows.Select(r => r.EvaluationId).Where(id => !known.ContainsKey(id))];

        // Scores by another metric than today's are left out until the entries are rescored.
        var metric = benchmark.Ranking.Info.Name;
        var all = database.SplitScores.Where(s => s.Metric == metric);
        var wanted =
            missing.Length <= FewEvaluations
                ? all.Where(s => missing.Contains(s.EvaluationId))
                : all.Where(s => database.Submissions.Any(o => o.Benchmark == slug && o.CurrentEvaluationId == s.EvaluationId));
        var read = missing.Length == 0 ? [] : await ToScores(database, wanted, benchmark.ScoredPart).ToListAsync(cancellation);
        var added = read.GroupBy(s => s.EvaluationId)
            .ToDictionary(
                g => g.Key,
                g =>
                    g.ToDictionary(
                        s => s.Split,
                        s => new EntryScore(s.Loss, s.Lower, s.Upper)
                        {
                            // Share the text: a board of 10,000 entries has 50,000 scores.
                            IntervalMethod = s.IntervalMethod is null ? null : string.Intern(s.IntervalMethod),
                            LabelVersionId = s.LabelVersionId,
                        }
                    )
            );

        // Evaluations that no row refers to are dropped with the old dictionary.
        var current = new Dictionary<Guid, Dictionary<string, EntryScore>>(rows.Count);
        foreach (var id in rows.Select(r => r.EvaluationId))
        {
            if (known.TryGetValue(id, out var scores) || added.TryGetValue(id, out scores))
            {
                current[id] = scores;
            }
        }

        return _known[key] = current;
    }

    /// <summary>Selects the scores of a part; none for evaluations without it, which were made before labels were sealed.</summary>
    private static IQueryable<ReadScore> ToScores(CoosDbContext database, IQueryable<StoredSplitScore> scores, LabelPart part) =>
        part == LabelPart.Public
            ? scores.Select(s => new ReadScore(s.EvaluationId, s.Split, s.Loss, s.Lower, s.Upper, s.IntervalMethod, s.LabelVersionId))
            : scores.Join(
                database.SealedScores,
                s => new
                {
                    s.EvaluationId,
                    s.Split,
                    s.Metric,
                },
                s => new
                {
                    s.EvaluationId,
                    s.Split,
                    s.Metric,
                },
                (open, own) =>
                    new ReadScore(own.EvaluationId, own.Split, own.Loss, own.Lower, own.Upper, own.IntervalMethod, open.LabelVersionId)
            );

    private sealed record ReadScore(
        Guid EvaluationId,
        string Split,
        double Loss,
        double? Lower,
        double? Upper,
        string? IntervalMethod,
        Guid LabelVersionId
    );
}
