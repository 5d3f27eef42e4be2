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

    /// <summary>Reads the layout of a part of the given label versions.</summary>
    public async Task<RankingLayout> ReadLayoutAsync(
        Benchmark benchmark,
        IReadOnlyList<Guid> versions,
        LabelPart part,
        CancellationToken cancellation
    ) => new(await ReadPartsAsync(benchmark, versions, part, cancellation), benchmark.Classes.Count, benchmark.Cluster);

    /// <summary>Reads a part of the given label versions, one per ranking split.</summary>
    public async Task<IReadOnlyList<SplitPart>> ReadPartsAsync(
        Benchmark benchmark,
        IReadOnlyList<Guid> versions,
        LabelPart part,
        CancellationToken cancellation
    )
    {
        var splits = new List<SplitPart>();
        foreach (var (split, version) in benchmark.Ranking.Splits.Zip(versions))
        {
            var parts =
                labels.TryGet(benchmark.Slug, split, out var active) && active.VersionId == version
                    ? active.Parts
                    : await ReadOldAsync(benchmark, split, version, cancellation);
            splits.Add(parts.Get(part));
        }

        return splits;
    }

    /// <summary>Reads the encoded predictions of submissions.</summary>
    public async Task<Dictionary<Guid, EncodedPredictions>> ReadAsync(
        Benchmark benchmark,
        RankingLayout layout,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    )
    {
        var evidence = new Dictionary<Guid, EncodedPredictions>();
        foreach (var batch in submissions.Chunk(Batch))
        {
            foreach (var (id, predicted) in await ReadPredictionsAsync(benchmark, batch, cancellation))
            {
                evidence[id] = layout.Encode(predicted);
            }
        }

        return evidence;
    }

    /// <summary>Reads the predictions of submissions on the ranking splits, in the order of the splits.</summary>
    public async Task<Dictionary<Guid, byte[][]>> ReadPredictionsAsync(
        Benchmark benchmark,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    )
    {
        var splits = benchmark.Ranking.Splits;
        var found = new Dictionary<Guid, byte[][]>();
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
                found[submission.Key] = [.. splits.Select(s => submission.First(f => f.Split == s).Classes)];
            }
        }

        return found;
    }

    private async Task<SplitParts> ReadOldAsync(Benchmark benchmark, string split, Guid version, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var content = await database.LabelVersions.Where(v => v.Id == version).Select(v => v.Content).FirstAsync(cancellation);
        return await sealedParts.DivideAsync(benchmark, split, LabelArchive.Unpack(content, benchmark), cancellation);
    }
}
