using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Data.Backup;

/// <summary>
/// Makes backups, from a running server too. A backup is one file, a SQLite database with all rows, whichever database
/// system they come from; so it can be restored into either, looked into with any tool, and even be served from.
/// </summary>
internal static class BackupFile
{
    /// <summary>Writes a backup: whole under its name, or not at all.</summary>
    /// <param name="settings">Which database.</param>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="BackupException">The file is there, or cannot be written.</exception>
    public static async Task WriteAsync(CoosSettings settings, string path, bool overwrite)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path) && !overwrite)
        {
            throw new BackupException($"{path}: is there already; name another file, or say --overwrite");
        }

        var partial = path + ".partial";
        try
        {
            File.Delete(partial);
            await using (var file = new SqliteConnection($"Data Source={partial};Pooling=false"))
            {
                await file.OpenAsync();
                await FillAsync(settings, file);
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

    private static async Task FillAsync(CoosSettings settings, SqliteConnection file)
    {
        await using var source = DatabaseOf(settings);
        if (
            settings.Provider == DatabaseProvider.Sqlite
            && Path.GetFullPath(source.Database.GetDbConnection().DataSource) is var database
            && !File.Exists(database)
        )
        {
            throw new BackupException(
                $"{database}: there is no such database; is Coos:DataDirectory or ConnectionStrings:Coos the server's?"
            );
        }

        await source.Database.OpenConnectionAsync();
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            // SQLite's own online backup: one snapshot, while others go on writing.
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
            TableShape.Of(source),
            table => table.ReadAsync(source.Database.GetDbConnection(), snapshot)
        );
        await transaction.CommitAsync();
    }

    /// <summary>A context on the database of some settings.</summary>
    internal static CoosDbContext DatabaseOf(CoosSettings settings)
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
