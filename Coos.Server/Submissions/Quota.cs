using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Problems;
using Coos.Shared.Benchmarks;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Submissions;

/// <summary>What is left of a day's quota.</summary>
/// <param name="Limit">Submissions a day.</param>
/// <param name="Used">How many were accepted today.</param>
/// <param name="NextSlotAt">When the next day begins, UTC.</param>
internal sealed record QuotaState(int Limit, int Used, DateTime NextSlotAt)
{
    /// <summary>How many more are accepted today.</summary>
    public int Left => Math.Max(0, Limit - Used);
}

/// <summary>
/// Counts accepted submissions by submitter, benchmark and day (UTC). A slot is taken by a conditional update in the
/// transaction that stores the submission: both happen or neither, and of requests at once the database lets as many
/// through as there are slots.
/// </summary>
internal sealed class Quota(IDbContextFactory<CoosDbContext> databases, CoosSettings settings, WriteLock writes, TimeProvider clock)
{
    /// <summary>The quota of a submitter; null where there is none.</summary>
    public async Task<QuotaState?> FindAsync(Submitter submitter, Benchmark benchmark, CancellationToken cancellation)
    {
        if (LimitOf(submitter, benchmark) is not { } limit)
        {
            return null;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var day = Today;
        var used = await RowsOf(database, submitter, benchmark, day).MaxAsync(q => (int?)q.Used, cancellation) ?? 0;
        return new QuotaState(limit, used, day.AddDays(1));
    }

    /// <summary>Makes sure that today's counters exist, outside of the transaction: a clash over who makes one costs nothing there.</summary>
    /// <returns>The day, which may be another one a moment later.</returns>
    public async Task<DateTime> PrepareAsync(Submitter submitter, Benchmark benchmark, CancellationToken cancellation)
    {
        var day = Today;
        if (LimitOf(submitter, benchmark) is null)
        {
            return day;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var existing = await RowsOf(database, submitter, benchmark, day).Select(q => q.Submitter).ToListAsync(cancellation);
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
            catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
            {
                // Another request made it just now.
                database.ChangeTracker.Clear();
            }
        }

        return day;
    }

    /// <summary>Takes a slot of each of the submitter's quotas, in the transaction of the context.</summary>
    /// <returns>Null where it was taken; else why not, and the transaction must not be committed.</returns>
    public async Task<Refusal?> TakeAsync(
        CoosDbContext database,
        Submitter submitter,
        Benchmark benchmark,
        DateTime day,
        CancellationToken cancellation
    )
    {
        if (LimitOf(submitter, benchmark) is not { } limit)
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
                return QuotaSpent(limit, day.AddDays(1));
            }
        }

        return null;
    }

    private DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    private int? LimitOf(Submitter submitter, Benchmark benchmark) =>
        submitter.QuotaPerDay ?? benchmark.QuotaPerDay ?? settings.QuotaPerDay;

    private static IQueryable<QuotaUse> RowsOf(CoosDbContext database, Submitter submitter, Benchmark benchmark, DateTime day)
    {
        var keys = submitter.QuotaKeys;
        return database.QuotaUses.Where(q => keys.Contains(q.Submitter) && q.Benchmark == benchmark.Slug && q.Day == day);
    }

    private static Refusal QuotaSpent(int limit, DateTime nextSlotAt) =>
        new(
            RefusalKind.TooManyRequests,
            "The quota of today is spent",
            $"Nothing was stored. {limit} submission{(limit == 1 ? "" : "s")} a day to this benchmark were accepted; the next slot opens at {nextSlotAt:yyyy-MM-dd HH:mm} UTC."
        )
        {
            NextSlotAt = nextSlotAt,
        };
}
