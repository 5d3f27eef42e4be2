using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Coos.Server.Configuration;

/// <summary>Tells from a connection string which database system it is for, and whether it will do.</summary>
internal static class ConnectionSetting
{
    /// <summary>The setting.</summary>
    public const string Key = "ConnectionStrings:Coos";

    private const string Allowed =
        "a file for SQLite such as Data Source=/var/lib/coos/coos.db, or a server for PostgreSQL such as Host=localhost;Database=coos;Username=coos;Password=...";

    /// <summary>Looks at a connection string. No message shows the text itself where it may hold a password.</summary>
    /// <returns>The database system and null, or what is wrong.</returns>
    public static (DatabaseProvider Provider, string? Problem) Check(string text)
    {
        try
        {
            var words = new DbConnectionStringBuilder { ConnectionString = text };
            return words.ContainsKey("Host") || words.ContainsKey("Server")
                ? (DatabaseProvider.Postgres, CheckPostgres(text))
                : (DatabaseProvider.Sqlite, CheckSqlite(text));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return (DatabaseProvider.Sqlite, $"{Key}: the text is not understood ({e.Message.TrimEnd('.')}); allowed: {Allowed}");
        }
    }

    private static string? CheckPostgres(string text) =>
        string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database)
            ? $"{Key}: the text names a host and no database; allowed: {Allowed}"
            : null;

    /// <summary>A database in memory is another one for each connection.</summary>
    private static string? CheckSqlite(string text) =>
        new SqliteConnectionStringBuilder(text) is { DataSource: "" or ":memory:" } or { Mode: SqliteOpenMode.Memory }
            ? $"{Key}: \"{text}\" names no file; allowed: {Allowed}"
            : null;
}
