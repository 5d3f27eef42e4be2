using Coos.Evaluator.Disclosures;
using Coos.Evaluator.Metrics;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Scoring;
using Coos.Shared.Benchmarks;
using Coos.Shared.Predictions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Leaderboards.RankTests;

/// <summary>Reads the data of the paired tests: the predictions, and the labels that the entries were scored with.</summary>
internal sealed class EvidenceReader(IDbContextFactory<CoosDbContext> databases, LabelStore labels, SealedParts sealedParts)
{
    /// <summary>The number of submissions whose predictions are read at a time; 50 with 65,000 images each take 3 MB.</summary>
    private const int Batch = 50;

    /// <summary>Reads the layout of a part of the given label versions of the ranking splits.</summary>
    public async Task<IRankingLayout> ReadLayoutAsync(
        Benchmark benchmark,
        IReadOnlyList<Guid> versions,
        LabelPart part,
        CancellationToken cancellation
    ) => MetricRankingLayout.Create(await ReadPartsAsync(benchmark, benchmark.Ranking.Splits, versions, part, cancellation), benchmark);

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
        IRankingLayout layout,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    ) =>
        layout.NeedsProbabilities
            ? ReadWithProbabilitiesAsync(benchmark, layout, submissions, cancellation)
            : ReadAsync(
                benchmark.Ranking.Splits,
                submissions,
                classes => layout.Encode([.. classes.Select((c, i) => PredictionSet.OfClasses(benchmark.Ranking.Splits[i], c))]),
                cancellation
            );

    /// <summary>Reads the probabilities too, which are read again from the uploads: one submission after the other.</summary>
    private async Task<Dictionary<Guid, EncodedPredictions>> ReadWithProbabilitiesAsync(
        Benchmark benchmark,
        IRankingLayout layout,
        IReadOnlyList<Guid> submissions,
        CancellationToken cancellation
    )
    {
        var evidence = new Dictionary<Guid, EncodedPredictions>();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var splits = benchmark.Ranking.Splits;
        foreach (var id in submissions)
        {
            var files = await database
                .PredictionFiles.AsNoTracking()
                .Where(f => f.SubmissionId == id && splits.Contains(f.Split))
                .ToListAsync(cancellation);
            if (files.Count < splits.Count)
            {
                // The submission was deleted meanwhile.
                continue;
            }

            var predictions = new List<PredictionSet>();
            foreach (var split in splits)
            {
                var file = files.First(f => f.Split == split);
                var images = labels.TryGet(benchmark.Slug, split, out var active)
                    ? active.Labels.Images
                    : throw new InvalidOperationException($"There are no labels of {benchmark.Slug}, {split}.");
                predictions.Add(await RecordedPredictions.ReadAsync(database, file, images, benchmark, cancellation));
            }

            evidence[id] = layout.Encode(predictions);
        }

        return evidence;
    }

    /// <summary>Reads and encodes the predictions of submissions, which must have all splits.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="submissions">The submissions.</param>
    /// <param name="encode">Encodes the predicted classes, in the order of the splits.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<Dictionary<Guid, T>> ReadAsync<T>(
        IReadOnlyList<string> splits,
        IReadOnlyList<Guid> submissions,
        Func<IReadOnlyList<ushort[]>, T> encode,
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
