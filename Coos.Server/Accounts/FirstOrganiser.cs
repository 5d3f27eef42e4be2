using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// The key with which the first organiser is appointed. It is random, exists only in this process's memory, and works once and
/// only while there is no organiser. It is shown in the server's log, which only the server's administrator can read.
/// </summary>
internal sealed class FirstOrganiser(IDbContextFactory<CoosDbContext> databases)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private int _used;

    /// <summary>The path of the page that accepts the key.</summary>
    public string Path => $"/account/organiser?key={Base64Url.EncodeToString(_key)}";

    /// <summary>Checks whether there is no organiser yet.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return !await database.Users.AnyAsync(a => a.IsOrganiser, cancellation);
    }

    /// <summary>Checks whether a key is correct.</summary>
    public bool IsValidKey(string? key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key ?? ""), Encoding.UTF8.GetBytes(Base64Url.EncodeToString(_key)));

    /// <summary>Makes the viewer an organiser if the key is correct and there is no organiser yet, and writes an audit entry.</summary>
    /// <returns>Whether the viewer became an organiser.</returns>
    public async Task<bool> TryUseAsync(Viewer viewer, string? key, AuditLog audit, CancellationToken cancellation)
    {
        if (!IsValidKey(key) || viewer.AccountId is null || Interlocked.Exchange(ref _used, 1) == 1)
        {
            return false;
        }

        // The condition is checked in the database, because each process has its own key.
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var updated = await database
            .Users.Where(a => a.Id == viewer.AccountId && !database.Users.Any(o => o.IsOrganiser))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), cancellation);
        if (updated == 0)
        {
            return false;
        }

        await audit.WriteAsync(
            database,
            "account.organiser",
            viewer.Name ?? "",
            "first organiser, by the link in the server's log",
            cancellation
        );
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
