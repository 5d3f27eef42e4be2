using System.Collections.Concurrent;
using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Resolution;

/// <summary>
/// Reads what a benchmark can tell apart. It depends on the labels and the predictions of public baselines alone, never on
/// submissions, and on neither if the benchmark is guarded.
/// </summary>
internal sealed class ResolutionReader(IDbContextFactory<CoosDbContext> databases, LabelStore labels)
{
    /// <summary>The maximum number of baselines whose errors are read.</summary>
    private const int MaximumBaselines = 100;

    /// <summary>The known designs by benchmark and split, with what they depend on.</summary>
    private readonly ConcurrentDictionary<(string Benchmark, string Split), CachedDesign> _known = new();

    /// <summary>Reads the resolution of a benchmark.</summary>
    public async Task<ResolutionDocument> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var designs = new List<KnownDesign>();
        Guid[]? baselines = null;
        foreach (var split in benchmark.TestSplits)
        {
            if (benchmark.Disclosure.IsGuarded || !labels.TryGet(benchmark.Slug, split.Name, out var active))
            {
                designs.Add(
                    KnownDesign.Assume(split.Name, CountImages(benchmark, split), benchmark.Classes.Count, benchmark.Cluster is not null)
                );
                continue;
            }

            baselines ??= await FindBaselinesAsync(benchmark, cancellation);
            designs.Add(await ReadAsync(benchmark, split.Name, active, baselines, cancellation));
        }

        return ResolutionBuilder.Build(benchmark, designs);
    }

    /// <summary>The number of images that scores are of, which is public.</summary>
    private int? CountImages(Benchmark benchmark, Split split) =>
        labels.TryGet(benchmark.Slug, split.Name, out var active)
            ? active.Parts.Get(benchmark.ScoredPart).Labels.Images.Count
            : split.Images;

    private async Task<Guid[]> FindBaselinesAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Submissions.Where(s =>
                s.Benchmark == benchmark.Slug
                && s.Kind == SubmissionKind.Baseline
                && s.Visibility == SubmissionVisibility.Public
                && s.HiddenAt == null
            )
            .OrderBy(s => s.Id)
            .Select(s => s.Id)
            .Take(MaximumBaselines)
            .ToArrayAsync(cancellation);
    }

    private async Task<KnownDesign> ReadAsync(
        Benchmark benchmark,
        string split,
        ActiveLabels active,
        Guid[] baselines,
        CancellationToken cancellation
    )
    {
        var key = (benchmark.Slug, split);
        if (
            _known.TryGetValue(key, out var known)
            && known.Labels == active.VersionId
            && known.Part == benchmark.ScoredPart
            && known.Baselines.SequenceEqual(baselines)
        )
        {
            return known.Design;
        }

        var part = active.Parts.Get(benchmark.ScoredPart);
        var clusters = Clusters.From(part.Labels, benchmark.Cluster);
        var predictions = clusters is null ? [] : await ReadPredictionsAsync(split, active, baselines, cancellation);
        var correlation = clusters is null
            ? null
            : IntraclassCorrelation.Estimate(part.Labels.Classes, predictions.Select(part.Select), benchmark.Classes.Count, clusters);
        var design = new KnownDesign(
            split,
            part.Labels.Classes.Length == 0 ? null : SamplingDesign.FromLabels(part.Labels.Classes, benchmark.Classes.Count, clusters),
            DesignSource.Labels,
            correlation
        );
        _known[key] = new CachedDesign(active.VersionId, benchmark.ScoredPart, baselines, design);
        return design;
    }

    /// <summary>Reads the predictions of baselines for the images of the active labels.</summary>
    private async Task<List<byte[]>> ReadPredictionsAsync(
        string split,
        ActiveLabels active,
        Guid[] baselines,
        CancellationToken cancellation
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var files = await database
            .PredictionFiles.Where(f => baselines.Contains(f.SubmissionId) && f.Split == split)
            .OrderBy(f => f.SubmissionId)
            .Select(f => new { f.Classes, f.ImagesHash })
            .ToListAsync(cancellation);
        return [.. files.Where(f => active.Labels.Images.ContentHash.SequenceEqual(f.ImagesHash)).Select(f => f.Classes)];
    }

    private sealed record CachedDesign(Guid Labels, LabelPart Part, Guid[] Baselines, KnownDesign Design);
}
