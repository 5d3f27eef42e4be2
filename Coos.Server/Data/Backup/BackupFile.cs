using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Data.Backup;

/// <summary>
/// Writes backups, even while the server runs. A backup is one SQLite database with all rows, whichever database system they
/// come from. It can be restored into either system and opened with any SQLite tool.
/// </summary>
internal static class BackupFile
{
    /// <summary>Writes a backup. The file gets its name only when it is complete.</summary>
    /// <param name="settings">The settings of the database.</param>
    /// <param name="path">The backup file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="BackupException">The file exists already or cannot be written.</exception>
    public static async Task WriteAsync(CoosSettings settings, string path, bool overwrite)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path) && !overwrite)
        {
            throw new BackupException($"{path}: already exists; choose another file or add --overwrite");
        }

        var partial = path + ".partial";
        try
        {
            File.Delete(partial);
            PrivateFiles.CreateOrRestrict(partial);
            await using (var file = new SqliteConnection($"Data Source={partial};Pooling=false"))
            {
                await file.OpenAsync();
                await SqliteDurability.RequireAsync(file, CancellationToken.None);
                await CopyAsync(settings, file);
                BackupSeal.Write(file);
            }

            File.Move(partial, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            throw new BackupException($"{path}: cannot be written ({e.Message})", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Opens a context on a backup or a copy of one.</summary>
    public static CoosDbContext Open(SqliteConnection file) => new(new DbContextOptionsBuilder<CoosDbContext>().UseSqlite(file).Options);

    private static async Task CopyAsync(CoosSettings settings, SqliteConnection file)
    {
        await using var source = CreateContext(settings);
        if (
            settings.Provider == DatabaseProvider.Sqlite
            && Path.GetFullPath(source.Database.GetDbConnection().DataSource) is var database
            && !File.Exists(database)
        )
        {
            throw new BackupException($"{database}: this database does not exist; check Coos:DataDirectory and ConnectionStrings:Coos");
        }

        await source.Database.OpenConnectionAsync();
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            // SQLite's online backup copies one snapshot while others continue to write.
            ((SqliteConnection)source.Database.GetDbConnection()).BackupDatabase(file);
            await using var journal = file.CreateCommand();
            journal.CommandText = "PRAGMA journal_mode = DELETE";
            await journal.ExecuteNonQueryAsync();
            return;
        }

        await using var target = Open(file);
        await target.Database.MigrateAsync();
        await using var snapshot = await source.Database.GetDbConnection().BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var transaction = (SqliteTransaction)await file.BeginTransactionAsync();
        await RowWriter.WriteAsync(
            file,
            transaction,
            TableShape.ListAll(source),
            table => table.ReadAsync(source.Database.GetDbConnection(), snapshot)
        );
        await transaction.CommitAsync();
    }

    /// <summary>Creates a context on the database of the settings.</summary>
    internal static CoosDbContext CreateContext(CoosSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Postgres)
        {
            var postgres = new DbContextOptionsBuilder<PostgresDbContext>();
            DataServices.Configure(postgres, settings);
            return new PostgresDbContext(postgres.Options);
        }

        var sqlite = new DbContextOptionsBuilder<CoosDbContext>();
        DataServices.Configure(sqlite, settings);
        return new CoosDbContext(sqlite.Options);
    }
}
