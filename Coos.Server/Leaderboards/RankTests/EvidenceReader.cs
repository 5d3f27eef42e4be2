using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>Reads the data of the paired tests: the predictions, and the labels that the entries were scored with.</summary>
internal sealed class EvidenceReader(IDbContextFactory<CoosDbContext> databases, LabelStore labels, SealedParts sealedParts)
{
    /// <summary>The number of submissions whose predictions are read at a time; 50 with 65,000 images each take 3 MB.</summary>
    private const int Batch = 50;

    /// <summary>Reads the layout of a part of the given label versions of the ranking splits.</summary>
    public async Task<RankingLayout> ReadLayoutAsync(
        Benchmark benchmark,
        IReadOnlyList<Guid> versions,
        LabelPart part,
        CancellationToken cancellation
    ) =>
        new(
            await ReadPartsAsync(benchmark, benchmark.Ranking.Splits, versions, part, cancellation),
            benchmark.Classes.Count,
            benchmark.Cluster
        );

    /// <summary>Reads a part of the given label versions, one per split.</summary>
    public async Task<IReadOnlyList<SplitPart>> ReadPartsAsync(
        Benchmark benchmark,
        IReadOnlyList<string> splits,
        IReadOnlyList<Guid> versions,
        LabelPart part,
        CancellationToken cancellation
    )
    {
        var result = new List<SplitPart>();
        foreach (var (split, version) in splits.Zip(versions))
        {
            var parts =
                labels.TryGet(benchmark.Slug, split, out var active) && active.VersionId == version
                    ? active.Parts
                    : await ReadOldAsync(benchmark, split, version, cancellation);
            result.Add(parts.Get(part));
        }

        return result;
    }

    /// <summary>Reads the encoded predictions of submissions for the ranking splits.</summary>
    public Task<Dictionary<Guid, EncodedPredictions>> ReadAsync(
        Benchmark benchmark,
        RankingLayout layout,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    ) => ReadAsync(benchmark.Ranking.Splits, submissions, layout.Encode, cancellation);

    /// <summary>Reads and encodes the predictions of submissions, which must have all splits.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="submissions">The submissions.</param>
    /// <param name="encode">Encodes the predicted classes, in the order of the splits.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Dictionary<Guid, T>> ReadAsync<T>(
        IReadOnlyList<string> splits,
        IReadOnlyList<Guid> submissions,
        Func<IReadOnlyList<byte[]>, T> encode,
        CancellationToken cancellation
    )
    {
        var evidence = new Dictionary<Guid, T>();
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
                evidence[submission.Key] = encode([.. splits.Select(s => submission.First(f => f.Split == s).Classes)]);
            }
        }

        return evidence;
    }

    private async Task<SplitParts> ReadOldAsync(Benchmark benchmark, string split, Guid version, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var content = await database.LabelVersions.Where(v => v.Id == version).Select(v => v.Content).FirstAsync(cancellation);
        return await sealedParts.DivideAsync(benchmark, split, LabelArchive.Unpack(content, benchmark), cancellation);
    }
}
