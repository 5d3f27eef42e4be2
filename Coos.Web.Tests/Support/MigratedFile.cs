using Coos.Server.Configuration;
using Coos.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Coos.Web.Tests.Support;

/// <summary>
/// A SQLite database with the current tables, migrated once: copying it takes less than migrating a new database for each server.
/// </summary>
internal static class MigratedFile
{
    private const string Name = "coos.db";
    private static readonly Lazy<byte[]> Content = new(() => CreateAsync().GetAwaiter().GetResult());

    /// <summary>Creates the data folder of a new server with a copy of the database, both for their owner only, as on a server.</summary>
    public static void CopyTo(string data)
    {
        PrivateFiles.CreateFolder(data, Name);
        using var file = PrivateFiles.Open(Path.Combine(data, Name), FileMode.CreateNew, FileShare.None);
        file.Write(Content.Value);
    }

    private static async Task<byte[]> CreateAsync()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, Name);
        var connection = $"Data Source={path};Pooling=False";
        await using (var database = new CoosDbContext(new DbContextOptionsBuilder<CoosDbContext>().UseSqlite(connection).Options))
        {
            await DataServices.MigrateAsync(database);
        }

        return await File.ReadAllBytesAsync(path);
    }
}
