using Coos.Server.Data;
using Coos.Server.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Organisers;

/// <summary>
/// Reads the names of accounts and teams for organisers. A deleted account has a name that only the server uses, so it is described.
/// </summary>
internal static class SubmitterNames
{
    /// <summary>Stands for the name of a deleted account.</summary>
    public const string DeletedAccount = "a deleted account";

    /// <summary>Stands for the name of a deleted team.</summary>
    public const string DeletedTeam = "a deleted team";

    /// <summary>Finds the current names of accounts and teams.</summary>
    /// <param name="database">The database.</param>
    /// <param name="keys">The keys of submitters.</param>
    /// <param name="cancellation">Cancels the queries.</param>
    /// <returns>A name for each key of an account or team, none for those of names without an account.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        CoosDbContext database,
        IReadOnlyCollection<string> keys,
        CancellationToken cancellation
    )
    {
        Guid[] accounts = [.. keys.Select(Submitter.FindAccount).OfType<Guid>()];
        Guid[] teams = [.. keys.Select(Submitter.FindTeam).OfType<Guid>()];
        var people = await database
            .Users.Where(a => accounts.Contains(a.Id) && a.DeletedAt == null)
            .ToDictionaryAsync(a => a.Id, a => a.UserName!, cancellation);
        var groups = await database.Teams.Where(t => teams.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellation);
        var names = new Dictionary<string, string>();
        foreach (var key in keys)
        {
            if (Submitter.FindAccount(key) is { } account)
            {
                names[key] = people.GetValueOrDefault(account, DeletedAccount);
            }
            else if (Submitter.FindTeam(key) is { } team)
            {
                names[key] = groups.TryGetValue(team, out var name) ? name : DeletedTeam;
            }
        }

        return names;
    }
}
