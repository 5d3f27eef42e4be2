using Coos.Server.Benchmarks;
using Coos.Server.Configuration;
using Coos.Server.Data;
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
        var (accounts, teams) = (ParseIds(submitters, "account:"), ParseIds(submitters, "team:"));
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
                row.Today,
                row.InAll,
                account.QuotaPerDay ?? GetDefaultQuota(row.Benchmark)
            ),
        ];
    }

    private int? GetDefaultQuota(string slug) =>
        (catalog.TryGet(slug, out var folder) ? folder.Benchmark.QuotaPerDay : null) ?? settings.QuotaPerDay;

    private static Guid[] ParseIds(string[] submitters, string kind) => [.. submitters.Select(s => ParseId(s, kind)).OfType<Guid>()];

    private static Guid? ParseId(string key, string kind) =>
        key.StartsWith(kind, StringComparison.Ordinal) && Guid.TryParse(key.AsSpan(kind.Length), out var id) ? id : null;
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
