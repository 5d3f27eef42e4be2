using System.Data.Common;
using Coos.Server.Configuration;
using Coos.Shared.Submissions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Coos.Server.Data.Backup;

/// <summary>Restores backups into either database system, in one transaction.</summary>
internal static class Restore
{
    /// <summary>Replaces all rows of the database with those of a backup.</summary>
    /// <param name="settings">The settings of the database, which is created if it is missing.</param>
    /// <param name="path">The backup file.</param>
    /// <param name="replace">Whether a database that contains submissions may be replaced.</param>
    /// <exception cref="BackupException">
    /// The file is incomplete or newer than this server, or a server runs on the database. Nothing was changed.
    /// </exception>
    /// <exception cref="StartException">The database cannot be opened.</exception>
    public static async Task RunAsync(CoosSettings settings, string path, bool replace)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            throw new BackupException($"{path}: does not exist");
        }

        // Use a copy, because it is migrated before it is read, and the backup must not change.
        var folder = Directory.CreateTempSubdirectory("coos-restore-");
        try
        {
            var copy = Path.Combine(folder.FullName, "backup.db");
            File.Copy(path, copy);
            await using var file = new SqliteConnection($"Data Source={copy};Pooling=false");
            await file.OpenAsync();
            BackupSeal.Check(file, path);
            await using var source = BackupFile.Open(file);
            await MigrateAsync(source, path);
            await using var startLock = await StartLock.AcquireAsync(settings);
            await using var runLock = await RunLock.AcquireForRestoreAsync(settings);
            await using var target = BackupFile.CreateContext(settings);
            await DataServices.MigrateAsync(target);
            if (!replace && await target.Submissions.AnyAsync(s => s.Kind == SubmissionKind.Submission))
            {
                throw new BackupException(
                    "The database already contains submissions, which the backup would replace; back it up first, then add --replace"
                );
            }

            await WriteAsync(target, file, TableShape.ListAll(source));
        }
        catch (DbException e)
        {
            throw new BackupException($"{path}: cannot be restored ({e.Message}); nothing was changed; stop the server and try again", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MigrateAsync(CoosDbContext source, string path)
    {
        var known = source.Database.GetMigrations().ToHashSet();
        if ((await source.Database.GetAppliedMigrationsAsync()).FirstOrDefault(m => !known.Contains(m)) is { } unknown)
        {
            throw new BackupException(
                $"{path}: was made by another version (its database has the migration {unknown}); restore it with the version that made it"
            );
        }

        await source.Database.MigrateAsync();
    }

    private static async Task WriteAsync(CoosDbContext target, SqliteConnection file, IReadOnlyList<TableShape> tables)
    {
        await target.Database.OpenConnectionAsync();
        var connection = target.Database.GetDbConnection();
        await using var transaction = await connection.BeginTransactionAsync();
        if (connection is NpgsqlConnection postgres)
        {
            await RowWriter.WriteAsync(postgres, tables, table => table.ReadAsync(file, null));
        }
        else
        {
            await RowWriter.WriteAsync(
                (SqliteConnection)connection,
                (SqliteTransaction)transaction,
                tables,
                table => table.ReadAsync(file, null)
            );
        }

        await transaction.CommitAsync();
    }
}
