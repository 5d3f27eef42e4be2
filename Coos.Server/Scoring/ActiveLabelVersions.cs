using Coos.Evaluator;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Shared.Scores;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Scoring;

/// <summary>With what a submission would be scored now, as this process knows and as the database says.</summary>
internal static class ActiveLabelVersions
{
    /// <summary>The hash over the labels of some splits; a split without labels counts with an empty hash.</summary>
    public static string HashFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        Evaluation.CombineHashes(splits.Select(s => (s, labels.TryGet(benchmark, s, out var active) ? active.Labels.Hash : "")));

    /// <summary>Evaluator and labels in one text: a submission that failed with them fails again.</summary>
    public static string VersionFor(LabelStore labels, string benchmark, IEnumerable<string> splits) =>
        $"{SplitEvaluator.Version} {HashFor(labels, benchmark, splits)}";

    /// <summary>
    /// Whether labels are those in force by the database: what this process knows may be older, where another process took
    /// new ones and its word was lost.
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
    /// Keeps <see cref="ChangeAsync"/> waiting until the transaction of the context ends, so that a score of the labels so
    /// far is either recorded before submissions are marked, or told that it is old. SQLite has one writer at a time anyway.
    /// </summary>
    public static Task HoldAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync(
                $"SELECT pg_advisory_xact_lock_shared(hashtextextended({KeyOf(benchmark)}, 0))",
                cancellation
            )
            : Task.CompletedTask;

    /// <summary>Waits, in the transaction of the context, for those who record scores of a benchmark, and lets no other begin.</summary>
    public static Task ChangeAsync(CoosDbContext database, string benchmark, CancellationToken cancellation) =>
        database.Database.IsNpgsql()
            ? database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({KeyOf(benchmark)}, 0))", cancellation)
            : Task.CompletedTask;

    private static string KeyOf(string benchmark) => $"coos labels {benchmark}";
}
