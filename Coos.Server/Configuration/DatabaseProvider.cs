namespace Coos.Server.Configuration;

/// <summary>The supported database systems.</summary>
internal enum DatabaseProvider
{
    /// <summary>SQLite: a file on one machine.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL: a server that several processes share.</summary>
    Postgres = 1,
}
