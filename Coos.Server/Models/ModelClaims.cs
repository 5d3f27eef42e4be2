using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>Claims runs for a runner, renews and releases claims, by conditional updates of their rows.</summary>
internal sealed class ModelClaims(IDbContextFactory<CoosDbContext> databases, WriteLock writes, TimeProvider clock)
{
    /// <summary>The number of claims, including those of processes that crashed, before a run is marked as failed.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>How often a runner renews its claim.</summary>
    public static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(3);

    /// <summary>How long a claim is valid without renewal. A run takes minutes, so an older claim belongs to a process that died.</summary>
    public static readonly TimeSpan ClaimTime = TimeSpan.FromSeconds(20);

    /// <summary>The runs that a runner may claim.</summary>
    public IQueryable<ModelRun> Free(CoosDbContext database)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (oldest, newest) = (now - ClaimTime, now + ClaimTime);
        return database.ModelRuns.Where(r =>
            r.Status == ModelRunStatus.Queued || (r.Status == ModelRunStatus.Running && (r.ClaimedAt < oldest || r.ClaimedAt > newest))
        );
    }

    /// <summary>Claims a run.</summary>
    /// <returns>The run with its claim; null if another runner has it, or it is done.</returns>
    public async Task<ModelRun?> TryClaimAsync(Guid id, CancellationToken cancellation)
    {
        var (claim, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow().UtcDateTime);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using (await writes.AcquireAsync(cancellation))
        {
            await Free(database)
                .Where(r => r.Id == id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.Status, ModelRunStatus.Running)
                            .SetProperty(r => r.Claim, claim)
                            .SetProperty(r => r.ClaimedAt, now)
                            .SetProperty(r => r.ImagesDone, 0)
                            .SetProperty(r => r.Attempts, r => r.Attempts + 1),
                    cancellation
                );
        }

        return await database.ModelRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.Claim == claim, cancellation);
    }

    /// <summary>Renews a claim and records the progress.</summary>
    /// <returns>Whether the claim is still valid: the submission may have been deleted, or another runner has the run.</returns>
    public async Task<bool> RenewAsync(ModelRun run, int done, int total, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var database = await databases.CreateDbContextAsync(cancellation);
        using var taken = await writes.AcquireAsync(cancellation);
        return await Own(database, run)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(r => r.ClaimedAt, now).SetProperty(r => r.ImagesDone, done).SetProperty(r => r.ImagesTotal, total),
                    cancellation
                ) > 0;
    }

    /// <summary>Gives a run back, so that a runner can claim it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attempts">The number of attempts to record.</param>
    public async Task ReleaseAsync(ModelRun run, int attempts)
    {
        await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
        using var taken = await writes.AcquireAsync(CancellationToken.None);
        await Own(database, run)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(r => r.Status, ModelRunStatus.Queued)
                    .SetProperty(r => r.Claim, (Guid?)null)
                    .SetProperty(r => r.Attempts, attempts)
            );
    }

    /// <summary>Selects the run's row while its claim is valid.</summary>
    public static IQueryable<ModelRun> Own(CoosDbContext database, ModelRun run) =>
        database.ModelRuns.Where(r => r.Id == run.Id && r.Claim == run.Claim && r.Status == ModelRunStatus.Running);
}
