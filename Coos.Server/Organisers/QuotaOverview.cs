using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads the granted quotas, and the submissions of each account and benchmark today and in all.</summary>
internal sealed class QuotaOverview(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    CoosSettings settings,
    TimeProvider clock
)
{
    /// <summary>The maximum number of rows of submitters, with the largest use today first, then the largest in all.</summary>
    public const int MaximumRows = 100;

    /// <summary>The current quota day, UTC.</summary>
    public DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    /// <summary>Reads the accounts with their own quota, by name.</summary>
    public async Task<List<GrantedQuota>> ReadGrantedAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Users.Where(a => a.QuotaPerDay != null)
            .OrderBy(a => a.UserName)
            .Select(a => new GrantedQuota(a.Id, a.UserName!, a.QuotaPerDay!.Value))
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Reads the accepted submissions of each submitter and benchmark, today and in all. A team's row counts the submissions of all its
    /// members.
    /// </summary>
    public async Task<IReadOnlyList<UsedQuota>> ReadUsesAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var day = Today;
        var rows = await database
            .QuotaUses.Where(q => q.Used > 0)
            .GroupBy(q => new { q.Submitter, q.Benchmark })
            .Select(g => new
            {
                g.Key.Submitter,
                g.Key.Benchmark,
                Today = g.Sum(q => q.Day == day ? q.Used : 0),
                InAll = g.Sum(q => q.Used),
            })
            .OrderByDescending(q => q.Today)
            .ThenByDescending(q => q.InAll)
            .ThenBy(q => q.Submitter)
            .ThenBy(q => q.Benchmark)
            .Take(MaximumRows)
            .ToListAsync(cancellation);
        string[] submitters = [.. rows.Select(r => r.Submitter)];
        Guid[] accounts = [.. submitters.Select(Submitter.FindAccount).OfType<Guid>()];
        var granted = await database
            .Users.Where(a => accounts.Contains(a.Id) && a.QuotaPerDay != null)
            .ToDictionaryAsync(a => a.Id, a => a.QuotaPerDay, cancellation);
        var names = await SubmitterNames.ReadAsync(database, submitters, cancellation);
        return
        [
            .. from row in rows
            let own = Submitter.FindAccount(row.Submitter) is { } account ? granted.GetValueOrDefault(account) : null
            select new UsedQuota(
                Describe(row.Submitter, names),
                row.Benchmark,
                row.Today,
                row.InAll,
                own ?? GetDefaultQuota(row.Benchmark)
            ),
        ];
    }

    private static string Describe(string key, IReadOnlyDictionary<string, string> names)
    {
        var name = names.GetValueOrDefault(key, key);
        return Submitter.FindTeam(key) is null || name == SubmitterNames.DeletedTeam ? name : $"{name} (team)";
    }

    private int? GetDefaultQuota(string slug) =>
        (catalog.TryGet(slug, out var folder) ? folder.Benchmark.QuotaPerDay : null) ?? settings.QuotaPerDay;
}

/// <summary>An account's own quota.</summary>
internal sealed record GrantedQuota(Guid Id, string Name, int PerDay);

/// <summary>The accepted submissions of a submitter to a benchmark.</summary>
/// <param name="Submitter">The account, the team, or the submitter's name without an account.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Today">Their number today.</param>
/// <param name="InAll">Their number on all days, deleted ones included.</param>
/// <param name="Limit">The quota per day; null for no limit.</param>
internal sealed record UsedQuota(string Submitter, string Benchmark, int Today, int InAll, int? Limit);
