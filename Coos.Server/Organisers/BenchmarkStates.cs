using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads the state of each benchmark: its labels, its quota and the number of submissions in each state.</summary>
internal sealed class BenchmarkStates(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    LabelStore labels,
    LabelProblems problems,
    CoosSettings settings
)
{
    /// <summary>Reads the state of all benchmarks, in the order of the catalogue.</summary>
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
                CountSubmissions(folder.Benchmark.Slug, [.. byBenchmark[folder.Benchmark.Slug]]),
                folder.Benchmark.QuotaPerDay ?? settings.QuotaPerDay,
                [.. folder.Benchmark.Splits.Select(s => ReadState(folder, s, known.GetValueOrDefault((folder.Benchmark.Slug, s.Name))))],
                StrayFiles.Find(folder)
            )),
        ];
    }

    private static SubmissionCounts CountSubmissions(string benchmark, IReadOnlyList<StateCount> counts)
    {
        return new SubmissionCounts(
            benchmark,
            Sum(_ => true),
            Sum(c => c is { Visibility: SubmissionVisibility.Public, IsHidden: false }),
            Sum(c => c.Visibility == SubmissionVisibility.Private),
            Sum(c => c.IsHidden),
            Sum(c => c.Status.IsUnscored()),
            Sum(c => c.Status == SubmissionStatus.Failed)
        );

        int Sum(Func<StateCount, bool> which) => counts.Where(which).Sum(c => c.Count);
    }

    private SplitState ReadState(BenchmarkFolder folder, Split split, (int Count, DateTime Since) versions)
    {
        var isKnown = labels.TryGet(folder.Benchmark.Slug, split.Name, out var active);
        return new SplitState(
            split,
            isKnown ? active!.Labels.Images.Count : null,
            isKnown ? active!.Labels.Hash : null,
            LabelUpload.FindFileName(folder, split),
            isKnown && versions.Count > 0 ? versions.Since : null,
            versions.Count,
            problems.Find(folder.Benchmark.Slug, split.Name)
        );
    }

    private sealed record StateCount(string Benchmark, SubmissionStatus Status, SubmissionVisibility Visibility, bool IsHidden, int Count);
}

/// <summary>The state of a benchmark.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Counts">The numbers of its submissions.</param>
/// <param name="QuotaPerDay">Its default quota; null for none.</param>
/// <param name="Splits">Its splits.</param>
/// <param name="Strays">The files in <c>labels/</c> that belong to no split.</param>
internal sealed record BenchmarkState(
    Benchmark Benchmark,
    SubmissionCounts Counts,
    int? QuotaPerDay,
    IReadOnlyList<SplitState> Splits,
    IReadOnlyList<StrayFile> Strays
);

/// <summary>The number of submissions of a benchmark in each state; one submission may be counted in several.</summary>
internal sealed record SubmissionCounts(string Benchmark, int All, int Listed, int Private, int Hidden, int Waiting, int Failed);

/// <summary>The state of a split's labels.</summary>
/// <param name="Split">The split.</param>
/// <param name="Images">The number of labelled images; null without labels.</param>
/// <param name="Hash">Their hash; null without labels.</param>
/// <param name="File">The file that the labels come from; null if they were uploaded or there are none.</param>
/// <param name="Since">When they became active; null without labels.</param>
/// <param name="Versions">The number of label versions.</param>
/// <param name="Problem">Why the label file cannot be read, one line per problem; null if it can.</param>
internal sealed record SplitState(Split Split, int? Images, string? Hash, string? File, DateTime? Since, int Versions, string? Problem);
