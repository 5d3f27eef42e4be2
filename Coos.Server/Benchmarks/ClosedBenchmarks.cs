using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Benchmarks;

/// <summary>
/// Closes benchmarks: those that an organiser closes, and those whose closing date has passed. The database is authoritative, so
/// that a benchmark stays closed whatever its manifest says later, in all processes that share the database.
/// </summary>
internal sealed partial class ClosedBenchmarks(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    ResultVersions results,
    TimeProvider clock,
    ILogger<ClosedBenchmarks> logger
)
{
    /// <summary>Applies what the database and the closing dates say. Called at startup and then every few seconds.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var closed = await database.BenchmarkClosings.ToDictionaryAsync(c => c.Benchmark, c => c.ClosedAt, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var benchmark in catalog.All.Select(f => f.Benchmark).Where(b => b.ClosedAt is null))
        {
            if (closed.TryGetValue(benchmark.Slug, out var time))
            {
                await ApplyAsync(benchmark.Slug, time);
            }
            else if (benchmark.Closes is { } date && date <= now)
            {
                await InsertAsync(database, benchmark.Slug, date, cancellation);
                await ApplyAsync(benchmark.Slug, date);
            }
        }
    }

    /// <summary>Stores that a benchmark is closed now, in the context's transaction. <see cref="RefreshAsync"/> applies it.</summary>
    public async Task CloseAsync(CoosDbContext database, string benchmark, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        database.Add(new BenchmarkClosing { Benchmark = benchmark, ClosedAt = now });
        await database.SaveChangesAsync(cancellation);
    }

    private static async Task InsertAsync(CoosDbContext database, string benchmark, DateTime time, CancellationToken cancellation)
    {
        database.Add(new BenchmarkClosing { Benchmark = benchmark, ClosedAt = time });
        try
        {
            await database.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
        {
            // Another process noticed the date first.
            database.ChangeTracker.Clear();
        }
    }

    private async Task ApplyAsync(string benchmark, DateTime time)
    {
        catalog.Close(benchmark, time);
        Log.Closed(logger, benchmark, time);
        await results.InvalidateAsync(benchmark);
    }

    private static partial class Log
    {
        [LoggerMessage(260, LogLevel.Information, "{Benchmark} is closed since {Time}: it takes no submissions and shows all scores")]
        public static partial void Closed(ILogger logger, string benchmark, DateTime time);
    }
}
