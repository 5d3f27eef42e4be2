using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Coos.Shared.Benchmarks;
using Coos.Shared.Metrics;

namespace Coos.Server.Leaderboards;

/// <summary>Lists the submissions of the viewer and their team with what is shown of their scores.</summary>
internal sealed class OwnResults(OwnSubmissions submissions, LeaderboardReader reader, BoardStore boards, BenchmarkCatalog catalog)
{
    /// <summary>Lists the submissions, newest first.</summary>
    public async Task<IReadOnlyList<OwnResult>> ListAsync(CancellationToken cancellation)
    {
        var rows = await submissions.ListAsync(cancellation);
        var results = new Dictionary<Guid, OwnResult>();
        foreach (var group in rows.GroupBy(r => r.Benchmark))
        {
            if (catalog.TryGet(group.Key, out var folder))
            {
                await AddAsync(results, folder.Benchmark, [.. group], cancellation);
            }
        }

        // The folder of a benchmark may have been taken away.
        return [.. rows.Select(r => results.GetValueOrDefault(r.Id) ?? new OwnResult(r, r.Benchmark))];
    }

    private async Task AddAsync(
        Dictionary<Guid, OwnResult> results,
        Benchmark benchmark,
        IReadOnlyList<Submission> rows,
        CancellationToken cancellation
    )
    {
        var board = await boards.GetAsync(benchmark, cancellation);
        var unlisted = rows.Select(r => r.Id).Where(id => board.Find(id) is null).ToHashSet();
        var others = unlisted.Count == 0 ? [] : await reader.ReadByIdAsync(benchmark, unlisted, cancellation);
        var ranked = board.Rows.Count(r => r.Rank is not null);
        foreach (var row in rows)
        {
            var listed = board.Find(row.Id);
            var entry = listed ?? others.FirstOrDefault(o => o.Entry.Id == row.Id);
            results[row.Id] = new OwnResult(row, benchmark.Name)
            {
                Score = entry?.Score,
                Metric = benchmark.Ranking.Info,
                Withheld = entry?.Entry.Withheld,
                Rank = listed?.Rank,
                Ranked = ranked,
            };
        }
    }
}

/// <summary>A submission of the viewer or their team.</summary>
/// <param name="Submission">The submission.</param>
/// <param name="Benchmark">The name of its benchmark.</param>
internal sealed record OwnResult(Submission Submission, string Benchmark)
{
    /// <summary>The mean loss over the ranking splits; null if it is not scored, not complete or withheld.</summary>
    public double? Score { get; init; }

    /// <summary>The ranking metric.</summary>
    public MetricInfo Metric { get; init; } = MetricInfo.Get(MetricId.BalancedError);

    /// <summary>Why its scores are withheld, in a few words; null if they are shown.</summary>
    public string? Withheld { get; init; }

    /// <summary>Its rank; null if it is not on the leaderboard or not ranked.</summary>
    public int? Rank { get; init; }

    /// <summary>The number of ranked entries of the leaderboard.</summary>
    public int Ranked { get; init; }
}
