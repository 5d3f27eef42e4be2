using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Coos.Server.Data.Backup;

/// <summary>Replaces all rows of all tables of a database, in the caller's transaction.</summary>
internal static class RowWriter
{
    /// <summary>Writes to a SQLite database.</summary>
    public static async Task WriteAsync(
        SqliteConnection target,
        SqliteTransaction transaction,
        IReadOnlyList<TableShape> tables,
        Func<TableShape, IAsyncEnumerable<object?[]>> rows
    )
    {
        // Evaluations and submissions reference each other, so foreign keys are checked at the commit.
        await ExecuteAsync(target, transaction, "PRAGMA defer_foreign_keys = ON");
        foreach (var table in tables)
        {
            await ExecuteAsync(target, transaction, $"DELETE FROM \"{table.Name}\"");
        }

        foreach (var table in tables)
        {
            await using var insert = target.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText =
                $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"))})";
            SqliteParameter[] parameters = [.. table.Columns.Select((_, i) => insert.Parameters.AddWithValue($"$p{i}", DBNull.Value))];
            await foreach (var row in rows(table))
            {
                for (var i = 0; i < row.Length; i++)
                {
                    parameters[i].Value = row[i] ?? DBNull.Value;
                }

                await insert.ExecuteNonQueryAsync();
            }
        }
    }

    /// <summary>Writes to a PostgreSQL database.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection target,
        IReadOnlyList<TableShape> tables,
        Func<TableShape, IAsyncEnumerable<object?[]>> rows
    )
    {
        var foreignKeys = await ListForeignKeysAsync(target);
        await ExecuteAsync(target, $"TRUNCATE {string.Join(", ", tables.Select(t => $"\"{t.Name}\""))}");
        foreach (var (table, constraint) in foreignKeys)
        {
            await ExecuteAsync(target, $"ALTER TABLE {table} ALTER CONSTRAINT \"{constraint}\" DEFERRABLE INITIALLY DEFERRED");
        }

        foreach (var table in tables)
        {
            await using (
                var import = await target.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)")
            )
            {
                await foreach (var row in rows(table))
                {
                    await import.StartRowAsync();
                    foreach (var (value, column) in row.Zip(table.Columns))
                    {
                        await (
                            value is null ? import.WriteNullAsync()
                            : column.IsJson ? import.WriteAsync(value, NpgsqlDbType.Json)
                            : import.WriteAsync(value)
                        );
                    }
                }

                await import.CompleteAsync();
            }

            foreach (var column in table.Columns.Where(c => c.IsGenerated))
            {
                await ExecuteAsync(
                    target,
                    $"SELECT setval(pg_get_serial_sequence('\"{table.Name}\"', '{column.Name}'), "
                        + $"(SELECT COALESCE(MAX(\"{column.Name}\"), 0) + 1 FROM \"{table.Name}\"), false)"
                );
            }
        }

        // Check the constraints now, because only then can they be changed back.
        await ExecuteAsync(target, "SET CONSTRAINTS ALL IMMEDIATE");
        foreach (var (table, constraint) in foreignKeys)
        {
            await ExecuteAsync(target, $"ALTER TABLE {table} ALTER CONSTRAINT \"{constraint}\" NOT DEFERRABLE");
        }
    }

    private static async Task<List<(string Table, string Constraint)>> ListForeignKeysAsync(NpgsqlConnection target)
    {
        await using var command = new NpgsqlCommand(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
                + "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
            target
        );
        await using var reader = await command.ExecuteReaderAsync();
        var foreignKeys = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            foreignKeys.Add((reader.GetString(0), reader.GetString(1)));
        }

        return foreignKeys;
    }

    private static async Task ExecuteAsync(NpgsqlConnection target, string sql)
    {
        await using var command = new NpgsqlCommand(sql, target) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(SqliteConnection target, SqliteTransaction transaction, string sql)
    {
        await using var command = target.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
