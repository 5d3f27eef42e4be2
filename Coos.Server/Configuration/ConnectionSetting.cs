using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Coos.Server.Configuration;

/// <summary>Detects the database system of a connection string and validates it.</summary>
internal static class ConnectionSetting
{
    /// <summary>The configuration key.</summary>
    public const string Key = "ConnectionStrings:Coos";

    private const string Allowed =
        "a file for SQLite such as Data Source=/var/lib/coos/coos.db, "
        + "or a server for PostgreSQL such as Host=localhost;Database=coos;Username=coos;Password=...";

    /// <summary>Validates a connection string. Messages do not repeat a text that may contain a password.</summary>
    /// <returns>The database system, and a problem or null.</returns>
    public static (DatabaseProvider Provider, string? Problem) Check(string text)
    {
        try
        {
            var builder = new DbConnectionStringBuilder { ConnectionString = text };
            return builder.ContainsKey("Host") || builder.ContainsKey("Server")
                ? (DatabaseProvider.Postgres, CheckPostgres(text))
                : (DatabaseProvider.Sqlite, CheckSqlite(text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return (
                DatabaseProvider.Sqlite,
                $"{Key}: the connection string cannot be parsed ({e.Message.TrimEnd('.')}); allowed: {Allowed}"
            );
        }
    }

    private static string? CheckPostgres(string text) =>
        string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database)
            ? $"{Key}: the connection string has a host but no database; allowed: {Allowed}"
            : null;

    /// <summary>
    /// Rejects in-memory databases, because each connection would get its own, and URIs, because the locks need the path of the
    /// file.
    /// </summary>
    private static string? CheckSqlite(string text) =>
        new SqliteConnectionStringBuilder(text) is var builder
        && (
            builder is { DataSource: "" or ":memory:" } or { Mode: SqliteOpenMode.Memory }
            || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        )
            ? $"{Key}: \"{text}\" does not name a file; allowed: {Allowed}"
            : null;
}
