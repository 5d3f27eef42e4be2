using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>Lists the accounts for organisers.</summary>
internal sealed class AccountOverview(IDbContextFactory<CoosDbContext> databases)
{
    /// <summary>The maximum number of listed accounts; a filter finds the others.</summary>
    public const int MaximumListed = 200;

    /// <summary>The maximum number of listed networks, with the most accounts first.</summary>
    public const int MaximumNetworks = 20;

    /// <summary>The maximum number of accounts whose names are listed for a network, oldest first.</summary>
    public const int MaximumNames = 10;

    /// <summary>Reads the networks from which several accounts were registered.</summary>
    public async Task<IReadOnlyList<SharedNetwork>> ReadNetworksAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var counts = await database
            .Users.Where(a => a.Network != null)
            .GroupBy(a => a.Network!)
            .Select(g => new { Network = g.Key, Accounts = g.Count() })
            .Where(g => g.Accounts > 1)
            .OrderByDescending(g => g.Accounts)
            .ThenBy(g => g.Network)
            .Take(MaximumNetworks)
            .ToListAsync(cancellation);
        var networks = new List<SharedNetwork>();
        foreach (var found in counts)
        {
            var names = await database
                .Users.Where(a => a.Network == found.Network)
                .OrderBy(a => a.CreatedAt)
                .Take(MaximumNames)
                .Select(a => a.DeletedAt == null ? a.UserName! : SubmitterNames.DeletedAccount)
                .ToListAsync(cancellation);
            networks.Add(new SharedNetwork(found.Network, found.Accounts, names));
        }

        return networks;
    }

    /// <summary>Reads the newest accounts whose name contains a text, and the total number of matches.</summary>
    public async Task<(IReadOnlyList<AccountRow> Rows, int Total)> ReadAsync(string? query, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var key = Names.ToKey(query ?? "");
        var shown = database.Users.Where(a => a.DeletedAt == null).Where(a => key.Length == 0 || a.NormalizedUserName!.Contains(key));
        var rows = await shown
            .OrderByDescending(a => a.CreatedAt)
            .Take(MaximumListed)
            .Select(a => new AccountRow(
                a.Id,
                a.UserName!,
                database.Teams.Where(t => t.Id == a.TeamId).Select(t => t.Name).FirstOrDefault(),
                a.CreatedAt,
                database.Submissions.Count(s => s.OwnerId == a.Id),
                a.IsOrganiser,
                a.DisabledAt != null,
                a.QuotaPerDay
            ))
            .ToListAsync(cancellation);
        return (rows, await shown.CountAsync(cancellation));
    }
}

/// <summary>A network from which several accounts were registered.</summary>
/// <param name="Network">The network, /24 for IPv4 and /48 for IPv6.</param>
/// <param name="Accounts">The number of accounts.</param>
/// <param name="Names">The names of the first ones.</param>
internal sealed record SharedNetwork(string Network, int Accounts, IReadOnlyList<string> Names);

/// <summary>An account in the organisers' list.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its public name.</param>
/// <param name="Team">Its team; null for none.</param>
/// <param name="CreatedAt">When it was created, UTC.</param>
/// <param name="Submissions">The number of its submissions.</param>
/// <param name="IsOrganiser">Whether it has the organiser role.</param>
/// <param name="IsClosed">Whether it is closed.</param>
/// <param name="Quota">Its own quota per day; null for the default.</param>
internal sealed record AccountRow(
    Guid Id,
    string Name,
    string? Team,
    DateTime CreatedAt,
    int Submissions,
    bool IsOrganiser,
    bool IsClosed,
    int? Quota
);
