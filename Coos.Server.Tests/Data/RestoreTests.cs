using Coos.Server.Configuration;
using Coos.Server.Data;
using Coos.Server.Data.Backup;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Tests.Data;

/// <summary>Restores of earlier versions, restores that fail, and restores while a server starts. Coos.Web.Tests checks the rows.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coos-restore-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_folder, "backup.db");

    [Fact]
    public async Task A_backup_of_the_first_version_can_be_restored()
    {
        var (old, target) = (Settings("old.db"), Settings("target.db"));
        await using (var database = BackupFile.CreateContext(old))
        {
            await database.Database.MigrateAsync(database.Database.GetMigrations().First(), Cancellation);
            await AddEntryAsync(database, "Kept");
        }

        await BackupFile.WriteAsync(old, Backup, overwrite: false);
        await Restore.RunAsync(target, Backup, replace: false);

        await using var restored = BackupFile.CreateContext(target);
        Assert.Equal(["Kept"], await ReadEntriesAsync(restored));
        Assert.Empty(await restored.Database.GetPendingMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task A_restore_that_fails_changes_nothing()
    {
        var (source, target) = (Settings("source.db"), Settings("target.db"));
        await CreateAsync(source, "New");
        await CreateAsync(target, "Old");
        await BackupFile.WriteAsync(source, Backup, overwrite: false);
        await using var database = BackupFile.CreateContext(target);
        await database.Database.ExecuteSqlAsync(
            $"CREATE TRIGGER full BEFORE INSERT ON AuditEntries BEGIN SELECT RAISE(ABORT, 'no more rows'); END",
            Cancellation
        );

        var problem = await Assert.ThrowsAsync<BackupException>(() => Restore.RunAsync(target, Backup, replace: true));

        Assert.Contains("nothing was changed", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["Old"], await ReadEntriesAsync(database));
    }

    [Fact]
    public async Task Restores_and_starting_servers_wait_for_each_other()
    {
        var settings = Settings("target.db");
        await CreateAsync(settings, "Only");
        await BackupFile.WriteAsync(settings, Backup, overwrite: false);
        var held = await StartLock.AcquireAsync(settings);

        var restore = Restore.RunAsync(settings, Backup, replace: true);
        var start = StartLock.AcquireAsync(settings);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancellation);
        var (isRestored, isStarted) = (restore.IsCompleted, start.IsCompleted);
        await held.DisposeAsync();
        await (await start).DisposeAsync();
        await restore;

        Assert.Equal((false, false), (isRestored, isStarted));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private CoosSettings Settings(string name) =>
        new()
        {
            DataDirectory = _folder,
            BenchmarkDirectories = [],
            ConnectionString = $"Data Source={Path.Combine(_folder, name)}",
            Access = new AccessSettings(SubmissionAccess.SignedIn, IsConfigured: true, OpenOnPublicAddress: false),
        };

    private static async Task CreateAsync(CoosSettings settings, string actor)
    {
        await using var database = BackupFile.CreateContext(settings);
        await DataServices.MigrateAsync(database);
        await AddEntryAsync(database, actor);
    }

    private static async Task AddEntryAsync(CoosDbContext database, string actor)
    {
        database.Add(
            new AuditEntry
            {
                Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch),
                Actor = actor,
                Action = "labels.import",
                Target = "tiny/test1",
            }
        );
        await database.SaveChangesAsync(Cancellation);
    }

    private static Task<List<string>> ReadEntriesAsync(CoosDbContext database) =>
        database.AuditEntries.Select(e => e.Actor).ToListAsync(Cancellation);
}
