using System.Text.Json;
using Coos.Server.Data;
using Coos.Server.Leaderboards;
using Coos.Shared;
using Coos.Shared.Benchmarks;
using Coos.Shared.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>An entry of a leaderboard whose model was run here.</summary>
/// <param name="Row">The entry; it has a score.</param>
/// <param name="Execution">What its latest run used.</param>
internal sealed record CostEntry(RankedEntry Row, Execution Execution)
{
    /// <summary>The loss by which entries are ranked.</summary>
    public double Loss => Row.Score!.Value;
}

/// <summary>The costs that entries are compared by.</summary>
internal enum CostKind
{
    /// <summary>Milliseconds per image in the runtime, as measured in the run.</summary>
    Time = 0,

    /// <summary>Multiply-adds per image, which do not depend on the machine.</summary>
    Work = 1,

    /// <summary>Stored weights.</summary>
    Parameters = 2,

    /// <summary>Peak memory in bytes.</summary>
    Memory = 3,
}

/// <summary>Reads what the models of a leaderboard cost.</summary>
internal sealed class CostReader(BoardStore boards, IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>Reads the entries that were run here and have a score, in the order of the board.</summary>
    public async Task<IReadOnlyList<CostEntry>> ReadAsync(Benchmark benchmark, CancellationToken cancellation)
    {
        var board = await boards.GetAsync(benchmark, cancellation);
        var rows = board.Rows.Where(r => r.Score is not null && r.Entry.Verification == Verification.RunHere).ToList();
        Guid[] ids = [.. rows.Select(r => r.Entry.Id)];
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var runs = await database
            .ModelRuns.Where(r => ids.Contains(r.SubmissionId) && r.Status == ModelRunStatus.Done && r.Execution != null)
            .Where(r => r.Purpose == ModelRunPurpose.Predictions)
            .OrderBy(r => r.FinishedAt)
            .Select(r => new { r.SubmissionId, r.Execution })
            .ToListAsync(cancellation);
        var latest = new Dictionary<Guid, string>();
        foreach (var run in runs)
        {
            latest[run.SubmissionId] = run.Execution!;
        }

        return
        [
            .. rows.Where(r => latest.ContainsKey(r.Entry.Id))
                .Select(r => new CostEntry(r, JsonSerializer.Deserialize<Execution>(latest[r.Entry.Id], CoosJson.Options)!)),
        ];
    }

    /// <summary>The cost of a run; null if it was not measured.</summary>
    public static double? CostOf(Execution run, CostKind kind) =>
        kind switch
        {
            CostKind.Time when run.ImagesPerSecond > 0 => 1000 / run.ImagesPerSecond,
            CostKind.Work => run.MultiplyAdds,
            CostKind.Parameters when run.Parameters > 0 => run.Parameters,
            CostKind.Memory when run.PeakMemoryBytes > 0 => run.PeakMemoryBytes,
            _ => null,
        };

    /// <summary>
    /// Finds the Pareto front: the entries to which no other entry is at least equal in both loss and cost and better in one.
    /// </summary>
    public static IReadOnlySet<Guid> FindFront(IReadOnlyList<CostEntry> entries, CostKind kind)
    {
        var front = new HashSet<Guid>();
        var best = double.PositiveInfinity;
        var priced = entries.Select(e => (Entry: e, Cost: CostOf(e.Execution, kind))).Where(e => e.Cost is not null);
        foreach (var group in priced.GroupBy(e => e.Cost!.Value).OrderBy(g => g.Key))
        {
            var least = group.Min(e => e.Entry.Loss);
            if (least < best)
            {
                front.UnionWith(group.Where(e => e.Entry.Loss == least).Select(e => e.Entry.Row.Entry.Id));
                best = least;
            }
        }

        return front;
    }
}
