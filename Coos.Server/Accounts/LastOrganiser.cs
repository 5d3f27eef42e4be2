using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>Keeps the last organiser of a server: without one, nobody could appoint another.</summary>
internal static class LastOrganiser
{
    /// <summary>Why the last organiser cannot leave.</summary>
    public const string Refused = "This is the last organiser; make another account an organiser first.";

    /// <summary>
    /// Whether an account is the last organiser. The rows stay locked until the transaction ends, so that two organisers
    /// cannot remove each other at the same time.
    /// </summary>
    public static async Task<bool> IsAsync(CoosDbContext database, Guid id, CancellationToken cancellation)
    {
        // Changes nothing, but locks the rows for others that do the same.
        await database.Users.Where(a => a.IsOrganiser).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), cancellation);
        return await database.Users.Where(a => a.IsOrganiser && a.DisabledAt == null).AllAsync(a => a.Id == id, cancellation);
    }
}
