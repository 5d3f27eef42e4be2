using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads who has which quota, and how much of today's is spent.</summary>
internal sealed class QuotaOverview(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    CoosSettings settings,
    TimeProvider clock
)
{
    /// <summary>The most rows of today that are read: those who spent most.</summary>
    public const int Most = 100;

    /// <summary>The day that counts now, UTC.</summary>
    public DateTime Today => clock.GetUtcNow().UtcDateTime.Date;

    /// <summary>The accounts with a quota of their own, by name.</summary>
    public async Task<List<GrantedQuota>> ReadGrantedAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database
            .Users.Where(a => a.QuotaPerDay != null)
            .OrderBy(a => a.UserName)
            .Select(a => new GrantedQuota(a.Id, a.UserName!, a.QuotaPerDay!.Value))
            .ToListAsync(cancellation);
    }

    /// <summary>What was spent today, the most first. A team's row counts what all its members sent.</summary>
    public async Task<IReadOnlyList<SpentQuota>> ReadTodayAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var day = Today;
        var rows = await database
            .QuotaUses.Where(q => q.Day == day && q.Used > 0)
            .OrderByDescending(q => q.Used)
            .ThenBy(q => q.Submitter)
            .ThenBy(q => q.Benchmark)
            .Take(Most)
            .ToListAsync(cancellation);
        var (accounts, teams) = (IdsOf(rows, "account:"), IdsOf(rows, "team:"));
        var people = await database
            .Users.Where(a => accounts.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => (a.UserName, a.QuotaPerDay), cancellation);
        var groups = await database.Teams.Where(t => teams.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        return
        [
            .. from row in rows
            let account = IdOf(row.Submitter, "account:") is { } id && people.TryGetValue(id, out var person) ? person : default
            let team = IdOf(row.Submitter, "team:") is { } id && groups.TryGetValue(id, out var name) ? name : null
            select new SpentQuota(
                account.UserName ?? (team is null ? row.Submitter : $"{team} (team)"),
                row.Benchmark,
                row.Used,
                account.QuotaPerDay ?? UsualOf(row.Benchmark)
            ),
        ];
    }

    private int? UsualOf(string slug) =>
        (catalog.TryGet(slug, out var folder) ? folder.Benchmark.QuotaPerDay : null) ?? settings.QuotaPerDay;

    private static Guid[] IdsOf(List<QuotaUse> rows, string kind) => [.. rows.Select(r => IdOf(r.Submitter, kind)).OfType<Guid>()];

    private static Guid? IdOf(string key, string kind) =>
        key.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(key.AsSpan(kind.Length), out var id) ? id : null;
}

/// <summary>An account's own quota.</summary>
internal sealed record GrantedQuota(Guid Id, string Name, int PerDay);

/// <summary>What somebody spent today.</summary>
/// <param name="Who">The account, the team, or the name that was given without an account.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Used">Accepted submissions.</param>
/// <param name="Limit">Of how many; null for no limit.</param>
internal sealed record SpentQuota(string Who, string Benchmark, int Used, int? Limit);
