using Coos.Server.Configuration;
using Coos.Server.Data;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Coos.Server.Scoring;

/// <summary>
/// Creates the storage of Hangfire's queue: in memory with SQLite; in the database with PostgreSQL, so that processes share
/// it.
/// </summary>
internal static class JobStorages
{
    /// <summary>The schema of the queue's tables in PostgreSQL.</summary>
    public const string Schema = "hangfire";

    /// <summary>Creates the storage. On PostgreSQL this also creates missing tables.</summary>
    public static JobStorage Create(CoosSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });
        }

        // New jobs wake the workers by NOTIFY; polling catches those missed by a lost connection. Hangfire need not recover
        // the jobs of crashed workers: the sweep finds their rows much earlier.
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            EnableLongPolling = true,
            QueuePollInterval = TimeSpan.FromSeconds(1),
            InvisibilityTimeout = TimeSpan.FromMinutes(5),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(PostgresPools.ForJobs(settings.ConnectionString), options), options)
        {
            JobExpirationTimeout = TimeSpan.FromHours(1),
        };
    }
}
