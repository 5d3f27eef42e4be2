using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Accounts;

/// <summary>
/// The key that makes the first organiser: random, in the memory of this process, good once and only while there is no
/// organiser. Whoever reads the server's log runs the server.
/// </summary>
internal sealed class FirstOrganiser(IDbContextFactory<CoosDbContext> databases)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private int _used;

    /// <summary>The page of the key.</summary>
    public string Path => $"/account/organiser?key={Base64Url.EncodeToString(_key)}";

    /// <summary>Whether an organiser is still wanted.</summary>
    public async Task<bool> IsWantedAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return !await database.Users.AnyAsync(a => a.IsOrganiser, cancellation);
    }

    /// <summary>Whether a key is the right one.</summary>
    public bool IsKey(string? key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key ?? ""), Encoding.UTF8.GetBytes(Base64Url.EncodeToString(_key)));

    /// <summary>Makes the viewer an organiser, where the key is right and there is none yet; the audit log begins with that.</summary>
    /// <returns>Whether they are one now.</returns>
    public async Task<bool> TryUseAsync(Viewer viewer, string? key, AuditLog audit, CancellationToken cancellation)
    {
        if (!IsKey(key) || viewer.AccountId is null || Interlocked.Exchange(ref _used, 1) == 1)
        {
            return false;
        }

        // The database judges whether there is one: another process has a key of its own.
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var made = await database
            .Users.Where(a => a.Id == viewer.AccountId && !database.Users.Any(o => o.IsOrganiser))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsOrganiser, true), cancellation);
        if (made == 0)
        {
            return false;
        }

        await audit.WriteAsync(
            database,
            "account.organiser",
            viewer.Name ?? "",
            "the first, by the link of the server's log",
            cancellation
        );
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
