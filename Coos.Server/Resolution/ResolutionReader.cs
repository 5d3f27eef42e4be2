using System.Collections.Concurrent;
using Coos.Evaluator.Resolution;
using Coos.Evaluator.Statistics;
using Coos.Server.Benchmarks;
using Coos.Server.Leaderboards;
using Coos.Server.Leaderboards.RankTests;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;

namespace Coos.Server.Resolution;

/// <summary>
/// Reads what a benchmark can tell apart. It depends on the labels and the predictions of public baselines alone. On a guarded
/// benchmark, and on a split with secret labels of which no score is public yet, it depends on neither.
/// </summary>
internal sealed class ResolutionReader(BoardStore boards, EvidenceReader evidence, LabelStore labels)
{
    /// <summary>The maximum number of baselines whose errors are read.</summary>
    private const int MaximumBaselines = 100;

    /// <summary>The known designs by benchmark and split, with what they depend on.</summary>
    private readonly ConcurrentDictionary<(string Benchmark, string Split), CachedDesign> _known = new();

    /// <summary>Reads the resolution of a benchmark.</summary>
    public async Task<ResolutionDocument> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var designs = new List<KnownDesign>();
        var board = benchmark.Disclosure.IsGuarded ? null : await boards.GetAsync(benchmark, cancellation);
        foreach (var split in benchmark.TestSplits)
        {
            // The numbers of images and clusters of each class are as secret as the labels until scores tell them.
            designs.Add(
                board is not null
                && (benchmark.LabelsPublic || board.HasScores(split.Name))
                && labels.TryGet(benchmark.Slug, split.Name, out var active)
                    ? await ReadAsync(board, split.Name, active, cancellation)
                    : KnownDesign.Assume(split.Name, CountImages(benchmark, split), benchmark.Classes.Count, benchmark.Cluster)
            );
        }

        return ResolutionBuilder.Build(benchmark, designs);
    }

    /// <summary>The number of images that scores are of, which is public.</summary>
    private int? CountImages(Benchmark benchmark, Split split) =>
        labels.TryGet(benchmark.Slug, split.Name, out var active)
            ? active.Parts.Get(benchmark.ScoredPart).Labels.Images.Count
            : split.Images;

    private async Task<KnownDesign> ReadAsync(Board board, string split, ActiveLabels active, CancellationToken cancellation)
    {
        var benchmark = board.Benchmark;
        var key = (benchmark.Slug, split);
        var baselines = FindBaselines(board, split, active.VersionId);
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
        var clusters = Clusters.Outermost(part.Labels, benchmark.Cluster);
        var predictions = clusters is null ? [] : await evidence.ReadAsync([split], baselines, p => part.Select(p[0]), cancellation);
        var correlation = clusters is null
            ? null
            : IntraclassCorrelation.Estimate(
                part.Labels.Classes,
                baselines.Where(predictions.ContainsKey).Select(id => predictions[id]),
                benchmark.Classes.Count,
                clusters
            );
        var design = new KnownDesign(
            split,
            part.Labels.Classes.Length == 0 ? null : SamplingDesign.FromLabels(part.Labels.Classes, benchmark.Classes.Count, clusters),
            DesignSource.Labels,
            clusters?.Kind,
            correlation
        );
        _known[key] = new CachedDesign(active.VersionId, benchmark.ScoredPart, baselines, design);
        return design;
    }

    /// <summary>Finds the public baselines that were scored with the active labels, in a fixed order.</summary>
    private static Guid[] FindBaselines(Board board, string split, Guid labelVersion) =>
        [
            .. board
                .Rows.Select(r => r.Entry)
                .Where(e =>
                    e.Kind == SubmissionKind.Baseline && e.Splits.TryGetValue(split, out var score) && score.LabelVersionId == labelVersion
                )
                .Select(e => e.Id)
                .Order()
                .Take(MaximumBaselines),
        ];

    private sealed record CachedDesign(Guid Labels, LabelPart Part, Guid[] Baselines, KnownDesign Design);
}
