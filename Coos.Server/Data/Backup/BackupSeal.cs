using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Coos.Server.Data.Backup;

/// <summary>
/// Marks complete backups, so that truncated, changed and foreign files are detected. The seal is an application id in the
/// file's header, and a table with the number and hash of the rows of each other table. It is written last.
/// </summary>
internal static class BackupSeal
{
    /// <summary>The letters COOS, for SQLite's header field for application ids.</summary>
    private const long ApplicationId = 0x434F4F53;
    private const string Table = "CoosBackup";

    /// <summary>Writes the seal of a file.</summary>
    public static void Write(SqliteConnection file)
    {
        using var transaction = file.BeginTransaction();
        Execute(file, $"CREATE TABLE {Table} (Name TEXT PRIMARY KEY, Rows INTEGER NOT NULL, Sha256 TEXT NOT NULL)");
        foreach (var table in ListTables(file))
        {
            var (rows, hash) = HashRows(file, table);
            using var insert = file.CreateCommand();
            insert.CommandText = $"INSERT INTO {Table} VALUES ($name, $rows, $hash)";
            insert.Parameters.AddWithValue("$name", table);
            insert.Parameters.AddWithValue("$rows", rows);
            insert.Parameters.AddWithValue("$hash", hash);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        Execute(file, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
    }

    /// <summary>Validates the seal of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="BackupException">The file is not a COOS backup, or it is incomplete or was changed.</exception>
    public static void Check(SqliteConnection file, string name)
    {
        try
        {
            if (ReadScalar(file, "PRAGMA application_id") is not ApplicationId)
            {
                throw new BackupException($"{name}: is not a COOS backup, or was cut short; create one with coos admin backup");
            }

            if (ReadScalar(file, "PRAGMA integrity_check") is not "ok" and var damage)
            {
                throw new BackupException($"{name}: is damaged ({damage}); use another backup");
            }

            CheckTables(file, name);
        }
        catch (SqliteException e)
        {
            throw new BackupException($"{name}: is not a COOS backup, or is damaged ({e.Message}); use another backup", e);
        }
    }

    private static void CheckTables(SqliteConnection file, string name)
    {
        var sealedTables = new Dictionary<string, (long Rows, string Hash)>();
        using (var command = file.CreateCommand())
        {
            command.CommandText = $"SELECT Name, Rows, Sha256 FROM {Table}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                sealedTables[reader.GetString(0)] = (reader.GetInt64(1), reader.GetString(2));
            }
        }

        foreach (var table in ListTables(file).Union(sealedTables.Keys))
        {
            var found = ListTables(file).Contains(table) ? HashRows(file, table) : default;
            if (!sealedTables.TryGetValue(table, out var expected) || found != expected)
            {
                throw new BackupException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: was changed after it was written: table {table} has {found.Rows} rows, "
                            + $"which differ from the {expected.Rows} rows that were written; use another backup"
                    )
                );
            }
        }
    }

    private static List<string> ListTables(SqliteConnection file)
    {
        using var command = file.CreateCommand();
        command.CommandText =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            + $"AND name NOT IN ('{Table}', '__EFMigrationsLock') ORDER BY name";
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static (long Rows, string Hash) HashRows(SqliteConnection file, string table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var command = file.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var rows = 0L;
        for (; reader.Read(); rows++)
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var bytes = reader.GetValue(i) switch
                {
                    byte[] blob => blob,
                    DBNull => [],
                    var other => Encoding.UTF8.GetBytes(Convert.ToString(other, CultureInfo.InvariantCulture)!),
                };

                // The type and length before each value ensure that different rows have different hashes.
                hash.AppendData(
                    Encoding.ASCII.GetBytes(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{reader.GetDataTypeName(i)}:{(reader.IsDBNull(i) ? -1 : bytes.Length)};"
                        )
                    )
                );
                hash.AppendData(bytes);
            }
        }

        return (rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static object? ReadScalar(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection file, string sql)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
