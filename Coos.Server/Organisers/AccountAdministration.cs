using System.Globalization;
using System.Security.Cryptography;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Coos.Server.Organisers;

/// <summary>The organisers' actions on accounts. Each action and its audit entry are one transaction.</summary>
internal sealed class AccountAdministration(
    IDbContextFactory<CoosDbContext> databases,
    Viewer viewer,
    AuditLog audit,
    UserManager<Account> users,
    AccountMails mails,
    TimeProvider clock
)
{
    /// <summary>The largest quota that can be granted.</summary>
    public const int MaxPerDay = 1_000_000;

    /// <summary>The error message for an invalid quota.</summary>
    public const string InvalidQuotaMessage = "A quota is a whole number from 1 to 1000000.";

    /// <summary>Reads a quota that was typed in; null if it is invalid.</summary>
    public static int? ReadQuota(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= MaxPerDay ? value : null;

    /// <summary>Grants or revokes the organiser role of an account.</summary>
    /// <returns>Why it was refused; null if it was done.</returns>
    public Task<string?> SetOrganiserAsync(Guid id, bool isOrganiser, CancellationToken cancellation) =>
        ChangeAccountAsync(
            id,
            isOrganiser ? "account.organiser" : "account.participant",
            null,
            set => set.SetProperty(a => a.IsOrganiser, isOrganiser),
            cancellation,
            removesOrganiser: !isOrganiser
        );

    /// <summary>Closes or reopens an account. Its submissions stay; its sessions and tokens become invalid.</summary>
    /// <returns>Why it was refused; null if it was done.</returns>
    public Task<string?> SetClosedAsync(Guid id, bool isClosed, CancellationToken cancellation)
    {
        // A new security stamp invalidates existing sessions and password reset links, even after the account is reopened.
        DateTime? at = isClosed ? clock.GetUtcNow().UtcDateTime : null;
        var stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        return ChangeAccountAsync(
            id,
            isClosed ? "account.close" : "account.open",
            null,
            set => set.SetProperty(a => a.DisabledAt, at).SetProperty(a => a.SecurityStamp, stamp),
            cancellation,
            removesOrganiser: isClosed
        );
    }

    /// <summary>Grants an account its own quota; null restores the default.</summary>
    public Task<string?> SetQuotaAsync(Guid id, int? perDay, CancellationToken cancellation) =>
        ChangeAccountAsync(
            id,
            "account.quota",
            perDay is null ? "default" : $"{perDay} per day",
            set => set.SetProperty(a => a.QuotaPerDay, perDay),
            cancellation
        );

    /// <summary>Grants a quota to the account with the given name.</summary>
    /// <returns>Why it was refused; null if it was done.</returns>
    public async Task<string?> SetQuotaAsync(string name, int? perDay, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var key = Names.ToKey(name);
        return
            await database.Users.Where(a => a.NormalizedUserName == key).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation)
                is { } id
            ? await SetQuotaAsync(id, perDay, cancellation)
            : "There is no account with this name.";
    }

    /// <summary>Removes an account from its team and changes the team's join code, which the removed member knows.</summary>
    /// <returns>Why it was refused; null if it was done.</returns>
    public async Task<string?> RemoveFromTeamAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var team = await database
            .Users.Where(a => a.Id == id)
            .Join(database.Teams, a => a.TeamId, t => t.Id, (_, t) => t)
            .FirstOrDefaultAsync(cancellation);
        if (team is null)
        {
            return "This account is not in a team.";
        }

        var problem = await ChangeAccountAsync(
            id,
            "account.leave-team",
            team.Name,
            set => set.SetProperty(a => a.TeamId, (Guid?)null),
            cancellation
        );
        await database
            .Teams.Where(t => t.Id == team.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.JoinCode, TeamService.CreateJoinCode()), cancellation);
        return problem;
    }

    /// <summary>Creates the path for resetting the password of an account, for servers that send no mail.</summary>
    /// <returns>The path; null if there is no such account.</returns>
    public async Task<string?> CreateResetPathAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await users.FindByIdAsync(id.ToString()) is not { DeletedAt: null } account)
        {
            return null;
        }

        await audit.WriteAsync(database, "account.reset-link", account.UserName!, null, cancellation);
        return await mails.CreateResetPathAsync(account);
    }

    private async Task<string?> ChangeAccountAsync(
        Guid id,
        string action,
        string? detail,
        Action<UpdateSettersBuilder<Account>> change,
        CancellationToken cancellation,
        bool removesOrganiser = false
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (removesOrganiser && await LastOrganiser.IsAsync(database, id, cancellation))
        {
            return LastOrganiser.Refused;
        }

        var name = await database
            .Users.Where(a => a.Id == id && a.DeletedAt == null)
            .Select(a => a.UserName)
            .FirstOrDefaultAsync(cancellation);
        if (name is null || viewer.AccountId is null)
        {
            return "This account no longer exists.";
        }

        await database.Users.Where(a => a.Id == id).ExecuteUpdateAsync(change, cancellation);
        await audit.WriteAsync(database, action, name, detail, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
