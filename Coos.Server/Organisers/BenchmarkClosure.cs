using Coos.Server.Accounts;
using Coos.Server.Benchmarks;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Closes a benchmark for an organiser.</summary>
internal sealed class BenchmarkClosure(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    ClosedBenchmarks closed,
    AuditLog audit
)
{
    /// <summary>Closes a benchmark for good: it takes no more submissions, and everyone sees all scores.</summary>
    /// <returns>The closed benchmark; or a refusal if it does not exist or is already closed.</returns>
    public async Task<Result<Benchmark>> CloseAsync(string slug, CancellationToken cancellation)
    {
        if (!catalog.TryGet(slug, out var folder))
        {
            return catalog.Unknown(slug);
        }

        await using (var database = await databases.CreateDbContextAsync(cancellation))
        {
            try
            {
                await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
                await closed.CloseAsync(database, slug, cancellation);
                await audit.WriteAsync(database, "benchmark.close", slug, null, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
            {
                return ClosedAlready(slug);
            }
        }

        // The commit decides, not the connection of the client who asked for it.
        await closed.RefreshAsync(CancellationToken.None);
        return catalog.TryGet(slug, out folder) ? folder.Benchmark : catalog.Unknown(slug);
    }

    private static Refusal ClosedAlready(string slug) =>
        new(RefusalKind.Conflict, "Benchmark closed", $"{slug} is already closed. A closed benchmark cannot be reopened.");
}
