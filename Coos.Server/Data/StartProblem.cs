using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;

namespace Coos.Server.Data;

/// <summary>Creates the error for a database that cannot be used. The message does not contain the password.</summary>
internal static class StartProblem
{
    /// <summary>Creates the exception that stops the start.</summary>
    public static StartException From(DbConnection connection, Exception reason)
    {
        var message = reason.Message.TrimEnd('.');
        return connection is SqliteConnection
            ? new StartException(
                $"ConnectionStrings:Coos, Coos:DataDirectory: \"{connection.DataSource}\" cannot be opened as a database ({message}); "
                    + "set it to a file in a folder that this user can write",
                reason
            )
            : new StartException(
                $"ConnectionStrings:Coos: the PostgreSQL database \"{connection.Database}\" at {connection.DataSource} "
                    + $"cannot be used ({message}); the database must exist, "
                    + "and the user must own it or have the right to create tables and schemas in it",
                reason
            );
    }
}
