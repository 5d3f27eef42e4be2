using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Data;

/// <summary>
/// The random keys of the server. A key is created when it is first needed and never changes. It is part of every backup, because
/// scores depend on it, and no response contains it.
/// </summary>
internal sealed class ServerSecrets(IDbContextFactory<CoosDbContext> databases, WriteLock writes)
{
    private const int Bytes = 32;

    private readonly ConcurrentDictionary<string, byte[]> _known = new();

    /// <summary>Gets a key.</summary>
    /// <param name="name">Its purpose, such as "sealed". Each purpose has its own key.</param>
    /// <param name="cancellation">Cancels reading it.</param>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken cancellation)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        await using var database = await databases.CreateDbContextAsync(cancellation);
        return _known[name] = await ReadAsync(database, name, cancellation) ?? await CreateAsync(database, name, cancellation);
    }

    private static Task<byte[]?> ReadAsync(CoosDbContext database, string name, CancellationToken cancellation) =>
        database.ServerSecrets.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefaultAsync(cancellation);

    private async Task<byte[]> CreateAsync(CoosDbContext database, string name, CancellationToken cancellation)
    {
        using var taken = await writes.AcquireAsync(cancellation);
        var value = RandomNumberGenerator.GetBytes(Bytes);

        // Another process may have created the key meanwhile, and all must use the same one.
        await database.Database.ExecuteSqlAsync(
            $"INSERT INTO \"ServerSecrets\" (\"Name\", \"Value\") VALUES ({name}, {value}) ON CONFLICT DO NOTHING",
            cancellation
        );
        return (await ReadAsync(database, name, cancellation))!;
    }
}
