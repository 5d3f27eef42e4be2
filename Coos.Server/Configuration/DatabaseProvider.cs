namespace Coos.Server.Configuration;

/// <summary>The database systems that COOS runs on.</summary>
internal enum DatabaseProvider
{
    /// <summary>A file; one machine.</summary>
    Sqlite = 0,

    /// <summary>A server, shared by any number of processes.</summary>
    Postgres = 1,
}
