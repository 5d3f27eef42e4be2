using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>The state of a submitter's quota for the current day.</summary>
/// <param name="Limit">The number of submissions per day.</param>
/// <param name="Used">The number of submissions accepted today.</param>
/// <param name="NextSlotAt">When the next day begins, UTC.</param>
internal sealed record QuotaState(int Limit, int Used, DateTime NextSlotAt)
{
    /// <summary>The number of submissions left today.</summary>
    public int Left => Math.Max(0, Limit - Used);
}

/// <summary>
/// Counts accepted submissions by submitter, benchmark and day (UTC). A conditional update takes a slot in the transaction that
/// stores the submission, so either both happen or neither, and concurrent requests cannot take more slots than there are.
/// </summary>
internal sealed class Quota(IDbContextFactory<CoosDbContext> databases, CoosSettings settings, WriteLock writes, TimeProvider clock)
{
    /// <summary>Finds the quota of a submitter; null if there is no limit.</summary>
    public async Task<QuotaState?> FindAsync(Submitter submitter, Benchmark benchmark, CancellationToken cancellation)
    {
        if (GetLimit(submitter, benchmark) is not { } limit)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var day = Today;
        var used = await QueryUses(database, submitter, benchmark, day).MaxAsync(q => (int?)q.Used, cancellation) ?? 0;
        return new QuotaState(limit, used, day.AddDays(1));
    }

    /// <summary>Creates today's counters if they are missing. It runs before the transaction, where a conflict is harmless.</summary>
    /// <returns>The day of the counters. Pass it to <see cref="TakeAsync"/>, because midnight can pass in between.</returns>
    public async Task<DateTime> PrepareAsync(Submitter submitter, Benchmark benchmark, CancellationToken cancellation)
    {
        var day = Today;
        if (GetCountedLimit(submitter, benchmark) is null)
        {
            return day;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var existing = await QueryUses(database, submitter, benchmark, day).Select(q => q.Submitter).ToListAsync(cancellation);
        foreach (var key in submitter.QuotaKeys.Except(existing))
        {
            try
            {
                using var taken = await writes.AcquireAsync(cancellation);
                database.Add(
                    new QuotaUse
                    {
                        Submitter = key,
                        Benchmark = benchmark.Slug,
                        Day = day,
                    }
                );
                await database.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException e) when (DatabaseErrors.IsDuplicate(e))
            {
                // A concurrent request created it.
                database.ChangeTracker.Clear();
            }
        }

        return day;
    }

    /// <summary>Takes a slot from each of the submitter's quotas, in the context's current transaction.</summary>
    /// <returns>Null if a slot was taken; otherwise the refusal, and the transaction must not be committed.</returns>
    public async Task<Refusal?> TakeAsync(
        CoosDbContext database,
        Submitter submitter,
        Benchmark benchmark,
        DateTime day,
        CancellationToken cancellation
    )
    {
        if (GetCountedLimit(submitter, benchmark) is not { } limit)
        {
            return null;
        }

        foreach (var key in submitter.QuotaKeys)
        {
            var taken = await database
                .QuotaUses.Where(q => q.Submitter == key && q.Benchmark == benchmark.Slug && q.Day == day && q.Used < limit)
                .ExecuteUpdateAsync(set => set.SetProperty(q => q.Used, q => q.Used + 1), cancellation);
            if (taken == 0)
            {
                return QuotaUsedUp(limit, day.AddDays(1));
            }
        }

        return null;
    }

    private DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    /// <summary>The limit of the counters. The submissions of accounts are counted without a quota too, for the organisers.</summary>
    private int? GetCountedLimit(Submitter submitter, Benchmark benchmark) =>
        GetLimit(submitter, benchmark) ?? (submitter.OwnerId is null ? null : int.MaxValue);

    private int? GetLimit(Submitter submitter, Benchmark benchmark) =>
        submitter.QuotaPerDay ?? benchmark.QuotaPerDay ?? settings.QuotaPerDay;

    private static IQueryable<QuotaUse> QueryUses(CoosDbContext database, Submitter submitter, Benchmark benchmark, DateTime day)
    {
        var keys = submitter.QuotaKeys;
        return database.QuotaUses.Where(q => keys.Contains(q.Submitter) && q.Benchmark == benchmark.Slug && q.Day == day);
    }

    private static Refusal QuotaUsedUp(int limit, DateTime nextSlotAt) =>
        new(
            RefusalKind.TooManyRequests,
            "You have used today's submissions",
            $"Nothing was stored. The quota of this benchmark is {limit} submission{(limit == 1 ? "" : "s")} per day; "
                + $"the next slot opens at {nextSlotAt:yyyy-MM-dd HH:mm} UTC."
        )
        {
            NextSlotAt = nextSlotAt,
        };
}
