using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;

namespace Coos.Server.Data;

/// <summary>Finds and restricts the files of a SQLite database.</summary>
internal static class DatabaseFile
{
    /// <summary>The files that SQLite creates beside a database, with the database's access rights.</summary>
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-journal"];

    /// <summary>
    /// Returns the path of a database's file. Links are followed, so that all processes find the same lock files beside it.
    /// </summary>
    public static string GetPath(string connectionString)
    {
        var path = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
    }

    /// <summary>Creates the file for its owner only, before SQLite would create it for everyone.</summary>
    public static void Create(string connectionString) => PrivateFiles.CreateOrRestrict(GetPath(connectionString));

    /// <summary>Takes away the access of other users to the files.</summary>
    public static void Restrict(string connectionString)
    {
        var path = GetPath(connectionString);
        foreach (var suffix in Suffixes)
        {
            PrivateFiles.Restrict(path + suffix);
        }
    }
}
