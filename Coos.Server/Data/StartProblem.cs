using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;

namespace Coos.Server.Data;

/// <summary>Says why the database cannot be used, without its password.</summary>
internal static class StartProblem
{
    /// <summary>The exception that stops the start.</summary>
    public static StartException Of(DbConnection connection, Exception reason)
    {
        var message = reason.Message.TrimEnd('.');
        return connection is SqliteConnection
            ? new StartException(
                $"ConnectionStrings:Coos, Coos:DataDirectory: \"{connection.DataSource}\" cannot be opened as database ({message}); name a file in a folder that this user may write",
                reason
            )
            : new StartException(
                $"ConnectionStrings:Coos: the PostgreSQL database \"{connection.Database}\" at {connection.DataSource} cannot be used ({message}); it must exist, and the user must be its owner or may create tables and schemas in it",
                reason
            );
    }
}
