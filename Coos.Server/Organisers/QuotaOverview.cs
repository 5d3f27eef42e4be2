using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Reads the granted quotas and today's use of quotas.</summary>
internal sealed class QuotaOverview(
    IDbContextFactory<CoosDbContext> databases,
    BenchmarkCatalog catalog,
    CoosSettings settings,
    TimeProvider clock
)
{
    /// <summary>The maximum number of rows for today, with the largest use first.</summary>
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

    /// <summary>Reads today's use, largest first. A team's row counts the submissions of all its members.</summary>
    public async Task<IReadOnlyList<UsedQuota>> ReadTodayAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var day = Today;
        var rows = await database
            .QuotaUses.Where(q => q.Day == day && q.Used > 0)
            .OrderByDescending(q => q.Used)
            .ThenBy(q => q.Submitter)
            .ThenBy(q => q.Benchmark)
            .Take(MaximumRows)
            .ToListAsync(cancellation);
        var (accounts, teams) = (ParseIds(rows, "account:"), ParseIds(rows, "team:"));
        var people = await database
            .Users.Where(a => accounts.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => (a.UserName, a.QuotaPerDay), cancellation);
        var groups = await database.Teams.Where(t => teams.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        return
        [
            .. from row in rows
            let account = ParseId(row.Submitter, "account:") is { } id && people.TryGetValue(id, out var person) ? person : default
            let team = ParseId(row.Submitter, "team:") is { } id && groups.TryGetValue(id, out var name) ? name : null
            select new UsedQuota(
                account.UserName ?? (team is null ? row.Submitter : $"{team} (team)"),
                row.Benchmark,
                row.Used,
                account.QuotaPerDay ?? GetDefaultQuota(row.Benchmark)
            ),
        ];
    }

    private int? GetDefaultQuota(string slug) =>
        (catalog.TryGet(slug, out var folder) ? folder.Benchmark.QuotaPerDay : null) ?? settings.QuotaPerDay;

    private static Guid[] ParseIds(List<QuotaUse> rows, string kind) => [.. rows.Select(r => ParseId(r.Submitter, kind)).OfType<Guid>()];

    private static Guid? ParseId(string key, string kind) =>
        key.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(key.AsSpan(kind.Length), out var id) ? id : null;
}

/// <summary>An account's own quota.</summary>
internal sealed record GrantedQuota(Guid Id, string Name, int PerDay);

/// <summary>The use of a quota today.</summary>
/// <param name="Submitter">The account, the team, or the submitter's name without an account.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Used">The number of accepted submissions.</param>
/// <param name="Limit">The quota; null for no limit.</param>
internal sealed record UsedQuota(string Submitter, string Benchmark, int Used, int? Limit);
