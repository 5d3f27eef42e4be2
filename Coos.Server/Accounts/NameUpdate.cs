using System.Globalization;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// Brings stored names and mail addresses into the form in which they are compared. Version 0.1.0 stored names as they were typed,
/// because normalisation had no effect, and mail addresses with the name around them. Runs at start; most times it finds nothing. If two
/// names become one, the older account or team keeps it.
/// </summary>
internal sealed partial class NameUpdate(IDbContextFactory<CoosDbContext> databases, ILogger<NameUpdate> logger)
{
    /// <summary>Updates accounts and teams, and the names on their submissions.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await UpdateNamesAsync(database, cancellation);
        await UpdateMailsAsync(database, cancellation);
    }

    private async Task UpdateNamesAsync(CoosDbContext database, CancellationToken cancellation)
    {
        var accounts = await database
            .Users.OrderBy(a => a.CreatedAt)
            .ThenBy(a => a.Id)
            .Select(a => new StoredName(a.Id, a.UserName!, a.NormalizedUserName!, a.CreatedAt, false))
            .ToListAsync(cancellation);
        var teams = await database
            .Teams.OrderBy(t => t.CreatedAt)
            .ThenBy(t => t.Id)
            .Select(t => new StoredName(t.Id, t.Name, t.Key, t.CreatedAt, true))
            .ToListAsync(cancellation);
        var keys = accounts.Concat(teams).Select(n => n.Key).ToHashSet();
        foreach (var stored in accounts.Concat(teams).Where(n => Names.ToKey(n.Name) != n.Key).OrderBy(n => n.CreatedAt))
        {
            var name = FindFree(stored.Name, keys);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            await (
                stored.IsTeam
                    ? RenameTeamAsync(database, stored, name, cancellation)
                    : RenameAccountAsync(database, stored, name, cancellation)
            );
            await transaction.CommitAsync(cancellation);
            Log.Renamed(logger, stored.Id);
        }
    }

    private static async Task RenameAccountAsync(CoosDbContext database, StoredName stored, string name, CancellationToken cancellation)
    {
        await database
            .Users.Where(a => a.Id == stored.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.UserName, name).SetProperty(a => a.NormalizedUserName, Names.ToKey(name)),
                cancellation
            );
        await database
            .Submissions.Where(s => s.OwnerId == stored.Id && s.Submitter == stored.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Submitter, name), cancellation);
    }

    private static async Task RenameTeamAsync(CoosDbContext database, StoredName stored, string name, CancellationToken cancellation)
    {
        await database
            .Teams.Where(t => t.Id == stored.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, name).SetProperty(t => t.Key, Names.ToKey(name)), cancellation);
        await database
            .Submissions.Where(s => s.TeamId == stored.Id && s.Submitter == stored.Name)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Submitter, name), cancellation);
    }

    /// <summary>Removes the names around addresses: <c>Ada &lt;ada@example.org&gt;</c>.</summary>
    private static async Task UpdateMailsAsync(CoosDbContext database, CancellationToken cancellation)
    {
        var accounts = await database
            .Users.Where(a => a.Email != null && (EF.Functions.Like(a.Email, "%<%") || EF.Functions.Like(a.Email, "% %")))
            .OrderBy(a => a.CreatedAt)
            .Select(a => new { a.Id, a.Email })
            .ToListAsync(cancellation);
        foreach (var account in accounts)
        {
            if (MailAddress.Read(account.Email!) is { } mail && mail != account.Email)
            {
                await UpdateMailAsync(database, account.Id, mail, cancellation);
            }
        }
    }

    private static async Task UpdateMailAsync(CoosDbContext database, Guid id, string mail, CancellationToken cancellation)
    {
        var key = mail.ToUpperInvariant();
        await database
            .Users.Where(a => a.Id == id && !database.Users.Any(o => o.NormalizedEmail == key))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Email, mail).SetProperty(a => a.NormalizedEmail, key), cancellation);
    }

    /// <summary>Finds the normalised name, with a number if another account or team has it already.</summary>
    private static string FindFree(string name, HashSet<string> keys)
    {
        var normalised = Names.Normalize(name);
        var free = Truncate(normalised, Submission.SubmitterLength);
        for (var number = 2; !keys.Add(Names.ToKey(free)); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" {number}");
            free = Truncate(normalised, Submission.SubmitterLength - suffix.Length) + suffix;
        }

        return free;
    }

    /// <summary>Shortens a name, which form KC may have made longer, without dividing a character.</summary>
    private static string Truncate(string name, int length)
    {
        if (name.Length <= length)
        {
            return name;
        }

        var end = char.IsHighSurrogate(name[length - 1]) ? length - 1 : length;
        return name[..end].TrimEnd();
    }

    /// <summary>The name of an account or team.</summary>
    private sealed record StoredName(Guid Id, string Name, string Key, DateTime CreatedAt, bool IsTeam);

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Information, "The name of account or team {Id} was normalised")]
        public static partial void Renamed(ILogger logger, Guid id);
    }
}
