using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads how each benchmark stands: its labels, its quota, and how many submissions are in which state.</summary>
internal sealed class BenchmarkStates(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LabelStore labels,
    CoosSettings settings
)
{
    /// <summary>The state of all benchmarks, in the order of the catalogue.</summary>
    public async Task<IReadOnlyList<BenchmarkState>> ReadAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var counts = await database
            .Submissions.GroupBy(s => new
            {
                s.Benchmark,
                s.Status,
                s.Visibility,
                IsHidden = s.HiddenAt != null,
            })
            .Select(g => new StateCount(g.Key.Benchmark, g.Key.Status, g.Key.Visibility, g.Key.IsHidden, g.Count()))
            .ToListAsync(cancellation);
        var byBenchmark = counts.ToLookup(c => c.Benchmark);
        var versions = await database
            .LabelVersions.GroupBy(v => new { v.Benchmark, v.Split })
            .Select(g => new
            {
                g.Key.Benchmark,
                g.Key.Split,
                Count = g.Count(),
                Since = g.Max(v => v.ActivatedAt),
            })
            .ToListAsync(cancellation);
        var known = versions.ToDictionary(v => (v.Benchmark, v.Split), v => (v.Count, v.Since));
        return
        [
            .. catalog.All.Select(folder => new BenchmarkState(
                folder.Benchmark,
                Sum(folder.Benchmark.Slug, [.. byBenchmark[folder.Benchmark.Slug]]),
                folder.Benchmark.QuotaPerDay ?? settings.QuotaPerDay,
                [.. folder.Benchmark.Splits.Select(s => StateOf(folder, s, known.GetValueOrDefault((folder.Benchmark.Slug, s.Name))))]
            )),
        ];
    }

    private static SubmissionCounts Sum(string benchmark, IReadOnlyList<StateCount> counts)
    {
        return new SubmissionCounts(
            benchmark,
            Of(_ => true),
            Of(c => c is { Visibility: SubmissionVisibility.Public, IsHidden: false }),
            Of(c => c.Visibility == SubmissionVisibility.Private),
            Of(c => c.IsHidden),
            Of(c => c.Status.IsUnscored()),
            Of(c => c.Status == SubmissionStatus.Failed)
        );

        int Of(Func<StateCount, bool> which) => counts.Where(which).Sum(c => c.Count);
    }

    private SplitState StateOf(BenchmarkFolder folder, Split split, (int Count, DateTime Since) versions)
    {
        var isKnown = labels.TryGet(folder.Benchmark.Slug, split.Name, out var active);
        return new SplitState(
            split,
            isKnown ? active!.Labels.Images.Count : null,
            isKnown ? active!.Labels.Hash : null,
            LabelUpload.FileOf(folder, split),
            isKnown && versions.Count > 0 ? versions.Since : null,
            versions.Count
        );
    }

    private sealed record StateCount(string Benchmark, SubmissionStatus Status, SubmissionVisibility Visibility, bool IsHidden, int Count);
}

/// <summary>How a benchmark stands.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Counts">Its submissions.</param>
/// <param name="QuotaPerDay">Its usual quota; null for none.</param>
/// <param name="Splits">Its splits.</param>
internal sealed record BenchmarkState(Benchmark Benchmark, SubmissionCounts Counts, int? QuotaPerDay, IReadOnlyList<SplitState> Splits);

/// <summary>How many submissions a benchmark has, and in which state; one may count in several.</summary>
internal sealed record SubmissionCounts(string Benchmark, int All, int Listed, int Private, int Hidden, int Waiting, int Failed);

/// <summary>How the labels of a split stand.</summary>
/// <param name="Split">The split.</param>
/// <param name="Images">How many images they are of; null without labels.</param>
/// <param name="Hash">Their hash; null without labels.</param>
/// <param name="File">The file that they come from; null where they were sent, or there are none.</param>
/// <param name="Since">Since when they are in force; null without labels.</param>
/// <param name="Versions">How many versions there were.</param>
internal sealed record SplitState(Split Split, int? Images, string? Hash, string? File, DateTime? Since, int Versions);
