using System.Globalization;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// Brings stored names and mail addresses into the form in which they are compared. Version 0.1.0 stored names as they were typed,
/// because normalisation had no effect, and mail addresses with the name around them. Runs at start; most times it finds nothing.
/// </summary>
internal sealed partial class NameUpdate(IDbContextFactory<CoosDbContext> databases, ILogger<NameUpdate> logger)
{
    /// <summary>Updates accounts and teams.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var accounts = await database
            .Users.Select(a => new
            {
                a.Id,
                a.UserName,
                a.NormalizedUserName,
                a.Email,
            })
            .ToListAsync(cancellation);
        var teams = await database
            .Teams.Select(t => new
            {
                t.Id,
                t.Name,
                t.Key,
            })
            .ToListAsync(cancellation);
        var keys = accounts.Select(a => a.NormalizedUserName!).Concat(teams.Select(t => t.Key)).ToHashSet();
        foreach (var account in accounts.Where(a => Names.ToKey(a.UserName!) != a.NormalizedUserName))
        {
            var name = FindFree(account.UserName!, keys);
            await database
                .Users.Where(a => a.Id == account.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.UserName, name).SetProperty(a => a.NormalizedUserName, Names.ToKey(name)),
                    cancellation
                );
            Log.Renamed(logger, account.Id);
        }

        foreach (var team in teams.Where(t => Names.ToKey(t.Name) != t.Key))
        {
            var name = FindFree(team.Name, keys);
            await database
                .Teams.Where(t => t.Id == team.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, name).SetProperty(t => t.Key, Names.ToKey(name)), cancellation);
            Log.Renamed(logger, team.Id);
        }

        foreach (var account in accounts.Where(a => a.Email is not null))
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
        normalised = normalised[..Math.Min(normalised.Length, Submission.SubmitterLength - 4)];
        var free = normalised;
        for (var number = 2; !keys.Add(Names.ToKey(free)); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{normalised} {number}");
        }

        return free;
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Information, "The name of account or team {Id} was normalised")]
        public static partial void Renamed(ILogger logger, Guid id);
    }
}
