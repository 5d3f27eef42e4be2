using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Coos.Server.Data.Backup;

/// <summary>
/// What tells a whole backup from a half or foreign file: a mark in the file's header, and a table that says for each other
/// table how many rows it has and what they hash to. It is written last.
/// </summary>
internal static class BackupSeal
{
    /// <summary>The letters COOS, in the header field that SQLite keeps for that.</summary>
    private const long ApplicationId = 0x434F4F53;
    private const string Table = "CoosBackup";

    /// <summary>Seals a file.</summary>
    public static void Write(SqliteConnection file)
    {
        using var transaction = file.BeginTransaction();
        Execute(file, $"CREATE TABLE {Table} (Name TEXT PRIMARY KEY, Rows INTEGER NOT NULL, Sha256 TEXT NOT NULL)");
        foreach (var table in Tables(file))
        {
            var (rows, hash) = Digest(file, table);
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

    /// <summary>Checks a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What to call it.</param>
    /// <exception cref="BackupException">It is no backup of COOS, or not whole.</exception>
    public static void Check(SqliteConnection file, string name)
    {
        try
        {
            if (Scalar(file, "PRAGMA application_id") is not ApplicationId)
            {
                throw new BackupException($"{name}: is no backup of COOS, or one that was cut short; make one with coos admin backup");
            }

            if (Scalar(file, "PRAGMA integrity_check") is not "ok" and var damage)
            {
                throw new BackupException($"{name}: is damaged ({damage}); take another backup");
            }

            CheckTables(file, name);
        }
        catch (SqliteException e)
        {
            throw new BackupException($"{name}: is no backup of COOS, or damaged ({e.Message}); take another backup", e);
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

        foreach (var table in Tables(file).Union(sealedTables.Keys))
        {
            var found = Tables(file).Contains(table) ? Digest(file, table) : default;
            if (!sealedTables.TryGetValue(table, out var expected) || found != expected)
            {
                throw new BackupException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: was changed since it was made: table {table} has {found.Rows} rows "
                            + $"that are not the {expected.Rows} that were written; take another backup"
                    )
                );
            }
        }
    }

    private static List<string> Tables(SqliteConnection file)
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

    private static (long Rows, string Hash) Digest(SqliteConnection file, string table)
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

                // With kind and length before each, no two rows read alike.
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

    private static object? Scalar(SqliteConnection file, string sql)
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
