using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Data.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Tests.Data;

/// <summary>A commit is on the disk before the server acknowledges it.</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    private const long Full = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("coos-durable-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The pool keeps the pragmas of a connection, and a build of SQLite may have another default.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_opened_connection_waits_for_the_disk(bool isAsync)
    {
        var settings = new CoosSettings
        {
            DataDirectory = _folder,
            BenchmarkDirectories = [],
            ConnectionString = $"Data Source={Path.Combine(_folder, "coos.db")}",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
        };
        await using (var first = BackupFile.CreateContext(settings))
        {
            await first.Database.OpenConnectionAsync(Cancellation);
            await first.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF", Cancellation);
        }

        await using var second = BackupFile.CreateContext(settings);
        if (isAsync)
        {
            await second.Database.OpenConnectionAsync(Cancellation);
        }

        Assert.Equal(Full, OpenAndRead(second));
    }

    /// <summary>Opens the connection synchronously, unless it is open.</summary>
    private static object? OpenAndRead(CoosDbContext database)
    {
        database.Database.OpenConnection();
        using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
