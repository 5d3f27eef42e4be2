using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>Classifies the errors of SQLite and PostgreSQL.</summary>
internal static class DatabaseErrors
{
    private const int SqliteFull = 13;
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    /// <summary>Whether a unique index or primary key was violated.</summary>
    public static bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException
            is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey }
                or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Whether the disk is full.</summary>
    public static bool IsDiskFull(Exception exception)
    {
        for (Exception? error = exception; error is not null; error = error.InnerException)
        {
            if (error is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            {
                return true;
            }
        }

        return false;
    }
}
