using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>
/// The label versions that submissions are scored with now, as this process has them in memory and as the database stores
/// them.
/// </summary>
internal static class ActiveLabelVersions
{
    /// <summary>
    /// The combined hash of the labels of some splits, and of the division of those with a sealed part; a split without labels
    /// contributes an empty hash.
    /// </summary>
    public static string HashFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        Evaluation.CombineHashes(splits.Select(s => (s, labels.TryGet(benchmark, s, out var active) ? active.Parts.Hash : "")));

    /// <summary>
    /// The evaluator's version and the labels' hash in one text. A submission that failed with this version would fail
    /// again.
    /// </summary>
    public static string VersionFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        $"{SplitEvaluator.Version} {HashFor(labels, benchmark, splits)}";

    /// <summary>
    /// Whether the given label versions are the active ones in the database. This process may hold older labels if another
    /// process replaced them and its notification was lost.
    /// </summary>
    public static async Task<bool> AreCurrentAsync(
        CoosDbContext database,
        string benchmark,
        IReadOnlyDictionary<string, Guid> versions,
        CancellationToken cancellation
    )
    {
        var known = await database
            .LabelVersions.Where(v => v.Benchmark == benchmark)
            .Select(v => new
            {
                v.Id,
                v.Split,
                v.ActivatedAt,
            })
            .ToListAsync(cancellation);
        var newest = known.GroupBy(v => v.Split).ToDictionary(g => g.Key, g => g.MaxBy(v => v.ActivatedAt)!.Id);
        return versions.All(v => newest.GetValueOrDefault(v.Key) == v.Value);
    }

    /// <summary>
    /// Takes a shared lock until the context's transaction ends. <see cref="LockExclusiveAsync"/> waits for it, so a score
    /// made with the previous labels is either recorded before submissions are marked, or found to be outdated. SQLite needs
    /// no lock: it has one writer at a time.
    /// </summary>
    public static Task LockSharedAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock_shared(hashtextextended({LockKey(benchmark)}, 0))",
                cancellation
            )
            : Task.CompletedTask;

    /// <summary>
    /// Takes the exclusive lock until the context's transaction ends: waits for all that record scores of the benchmark and
    /// blocks new ones.
    /// </summary>
    public static Task LockExclusiveAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({LockKey(benchmark)}, 0))", cancellation)
            : Task.CompletedTask;

    private static string LockKey(string benchmark) => $"coos labels {benchmark}";
}
