using Coos.Server.Data;
using Coos.Server.Problems;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Finds the viewer of a cookie or token.</summary>
internal sealed class ViewerReader(IDbContextFactory<CoosDbContext> databases, WriteLock writes, TimeProvider clock)
{
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    /// <summary>Finds the viewer of a cookie; null if the account is closed or its security stamp has changed.</summary>
    public async Task<Viewer?> FindByCookieAsync(Guid account, string? stamp, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await database
            .Users.Where(a => a.Id == account && a.DisabledAt == null && a.SecurityStamp == stamp)
            .FirstOrDefaultAsync(cancellation);
        return found is null ? null : await ToViewerAsync(database, found, TokenScopes.All, null, cancellation);
    }

    /// <summary>Finds the viewer of an API token, or the reason why the token is invalid.</summary>
    public async Task<Result<Viewer>> FindByTokenAsync(string token, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = TokenSecret.Hash(token);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var row = await database.ApiTokens.Include(t => t.Account).FirstOrDefaultAsync(t => t.Hash == hash, cancellation);
        var failure = row switch
        {
            null => "This server does not have this token; create a new one at /account.",
            { RevokedAt: not null } => "The token was revoked; create a new one at /account.",
            _ when row.ExpiresAt <= now => $"The token expired on {row.ExpiresAt:yyyy-MM-dd} (UTC); create a new one at /account.",
            { Account.DisabledAt: not null } => "The account is closed; contact the organiser.",
            _ => null,
        };
        if (failure is not null)
        {
            return new Refusal(RefusalKind.SignInRequired, "Invalid token", failure);
        }

        if (row!.LastUsedAt is null || row.LastUsedAt < now - LastUsedPrecision)
        {
            using var taken = await writes.AcquireAsync(cancellation);
            await database
                .ApiTokens.Where(t => t.Id == row.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), cancellation);
        }

        return await ToViewerAsync(database, row.Account!, row.Scopes, row.Id, cancellation);
    }

    private static async Task<Viewer> ToViewerAsync(
        CoosDbContext database,
        Account account,
        TokenScopes scopes,
        Guid? token,
        CancellationToken cancellation
    ) =>
        new()
        {
            AccountId = account.Id,
            Name = account.UserName,
            TeamId = account.TeamId,
            TeamName = account.TeamId is null
                ? null
                : await database.Teams.Where(t => t.Id == account.TeamId).Select(t => t.Name).FirstOrDefaultAsync(cancellation),
            HasOrganiserAccount = account.IsOrganiser,
            Scopes = scopes,
            TokenId = token,
            QuotaPerDay = account.QuotaPerDay,
        };
}
