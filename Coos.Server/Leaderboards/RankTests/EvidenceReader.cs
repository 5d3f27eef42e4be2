using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>Reads what the paired tests need: labels as they were when the entries were scored, and predictions.</summary>
internal sealed class EvidenceReader(IDbContextFactory<CoosDbContext> databases, LabelStore labels)
{
    /// <summary>Predictions are read so many submissions at a time: 65,000 images each are 3 MB.</summary>
    private const int Batch = 50;

    /// <summary>The layout of some label versions.</summary>
    public async Task<RankingLayout> ReadLayoutAsync(Benchmark benchmark, IReadOnlyList<Guid> versions, CancellationToken cancellation)
    {
        var splits = new List<SplitLabels>();
        foreach (var (split, version) in benchmark.Ranking.Splits.Zip(versions))
        {
            splits.Add(
                labels.TryGet(benchmark.Slug, split, out var active) && active.VersionId == version
                    ? active.Labels
                    : await ReadOldAsync(benchmark, version, cancellation)
            );
        }

        return new RankingLayout(splits, benchmark.Classes.Count, benchmark.Cluster);
    }

    /// <summary>The evidence of some submissions.</summary>
    public async Task<Dictionary<Guid, EncodedPredictions>> ReadAsync(
        Benchmark benchmark,
        RankingLayout layout,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    )
    {
        var splits = benchmark.Ranking.Splits;
        var evidence = new Dictionary<Guid, EncodedPredictions>();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var batch in submissions.Chunk(Batch))
        {
            var files = await database
                .PredictionFiles.Where(f => batch.Contains(f.SubmissionId) && splits.Contains(f.Split))
                .Select(f => new
                {
                    f.SubmissionId,
                    f.Split,
                    f.Classes,
                })
                .ToListAsync(cancellation);
            foreach (var submission in files.GroupBy(f => f.SubmissionId))
            {
                evidence[submission.Key] = layout.Encode([.. splits.Select(s => submission.First(f => f.Split == s).Classes)]);
            }
        }

        return evidence;
    }

    private async Task<SplitLabels> ReadOldAsync(Benchmark benchmark, Guid version, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var content = await database.LabelVersions.Where(v => v.Id == version).Select(v => v.Content).FirstAsync(cancellation);
        return LabelArchive.Unpack(content, benchmark);
    }
}
