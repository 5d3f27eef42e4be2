using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>Why a database refused something, whichever it is.</summary>
internal static class DatabaseFaults
{
    private const int SqliteFull = 13;
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    /// <summary>Whether a row is there already that must be there once only.</summary>
    public static bool IsDuplicate(DbUpdateException exception) =>
        exception.InnerException
            is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey }
                or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Whether the disk is full.</summary>
    public static bool IsFull(Exception exception)
    {
        for (Exception? fault = exception; fault is not null; fault = fault.InnerException)
        {
            if (fault is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            {
                return true;
            }
        }

        return false;
    }
}
