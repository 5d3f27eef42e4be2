using System.Globalization;
using System.Security.Cryptography;
using Coos.Server.Accounts;
using Coos.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Coos.Server.Organisers;

/// <summary>What organisers do to accounts. Each action and its audit entry are one transaction.</summary>
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

    /// <summary>What a quota is, for who gave another thing.</summary>
    public const string BadQuota = "A quota is a whole number from 1 to 1000000.";

    /// <summary>A quota as it was typed; null where it is none.</summary>
    public static int? ReadQuota(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= MaxPerDay ? value : null;

    /// <summary>Makes an account an organiser's, or takes that back.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public Task<string?> SetOrganiserAsync(Guid id, bool isOrganiser, CancellationToken cancellation) =>
        ChangeAccountAsync(
            id,
            isOrganiser ? "account.organiser" : "account.participant",
            null,
            set => set.SetProperty(a => a.IsOrganiser, isOrganiser),
            cancellation,
            takesOrganiser: !isOrganiser
        );

    /// <summary>Closes an account, or opens it again. Its submissions stay, its sign-ins and tokens do not count.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public Task<string?> CloseAsync(Guid id, bool close, CancellationToken cancellation)
    {
        // With another stamp no browser that was signed in, and no link for another password, counts when it is opened again.
        DateTime? at = close ? clock.GetUtcNow().UtcDateTime : null;
        var stamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        return ChangeAccountAsync(
            id,
            close ? "account.close" : "account.open",
            null,
            set => set.SetProperty(a => a.DisabledAt, at).SetProperty(a => a.SecurityStamp, stamp),
            cancellation,
            takesOrganiser: close
        );
    }

    /// <summary>Grants an account a quota of its own; null gives it the usual one.</summary>
    public Task<string?> SetQuotaAsync(Guid id, int? perDay, CancellationToken cancellation) =>
        ChangeAccountAsync(
            id,
            "account.quota",
            perDay is null ? "the usual" : $"{perDay} a day",
            set => set.SetProperty(a => a.QuotaPerDay, perDay),
            cancellation
        );

    /// <summary>The same by the account's name.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public async Task<string?> SetQuotaAsync(string name, int? perDay, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var key = Names.ToKey(name);
        return
            await database.Users.Where(a => a.NormalizedUserName == key).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(cancellation)
                is { } id
            ? await SetQuotaAsync(id, perDay, cancellation)
            : "There is no account of this name.";
    }

    /// <summary>Takes an account out of its team, and gives the team another code: who is put out knows the one so far.</summary>
    /// <returns>Why not; null where it was done.</returns>
    public async Task<string?> LeaveTeamAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var team = await database
            .Users.Where(a => a.Id == id)
            .Join(database.Teams, a => a.TeamId, t => t.Id, (_, t) => t)
            .FirstOrDefaultAsync(cancellation);
        if (team is null)
        {
            return "This account is in no team.";
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

    /// <summary>Makes the path that sets another password of an account, for where no mail is sent.</summary>
    /// <returns>Null where there is no such account.</returns>
    public async Task<string?> ResetPathAsync(Guid id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return null;
        }

        await audit.WriteAsync(database, "account.reset-link", account.UserName!, null, cancellation);
        return await mails.CreateResetPathAsync(account);
    }

    /// <summary>Whether an account is the last organiser, and stays so until the transaction ends: of two who put each other out at once, one must be left.</summary>
    private static async Task<bool> IsLastOrganiserAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        // Changes nothing, but whoever does the same waits for it.
        await database.Users.Where(a => a.IsOrganiser).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), cancellation);
        return await database.Users.Where(a => a.IsOrganiser && a.DisabledAt == null).AllAsync(a => a.Id == id, cancellation);
    }

    private async Task<string?> ChangeAccountAsync(
        Guid id,
        string action,
        string? detail,
        Action<UpdateSettersBuilder<Account>> change,
        CancellationToken cancellation,
        bool takesOrganiser = false
    )
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (takesOrganiser && await IsLastOrganiserAsync(database, id, cancellation))
        {
            return "This is the last organiser; make another one first.";
        }

        var name = await database.Users.Where(a => a.Id == id).Select(a => a.UserName).FirstOrDefaultAsync(cancellation);
        if (name is null || viewer.AccountId is null)
        {
            return "There is no such account any more.";
        }

        await database.Users.Where(a => a.Id == id).ExecuteUpdateAsync(change, cancellation);
        await audit.WriteAsync(database, action, name, detail, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
