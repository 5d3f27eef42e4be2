using Coos.Server.Configuration;
using Coos.Server.Data;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Coos.Server.Scoring;

/// <summary>Where Hangfire keeps its queue: in memory beside SQLite, in the database on PostgreSQL, so that processes share it.</summary>
internal static class JobStorages
{
    /// <summary>Makes the storage; on PostgreSQL it makes its tables where they are missing.</summary>
    public static JobStorage Create(CoosSettings settings)
    {
        if (settings.Provider == DatabaseProvider.Sqlite)
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });
        }

        // New jobs wake the workers by NOTIFY; the interval is for what a lost connection missed. A job of a worker that
        // died needs no rescue by Hangfire: the sweep finds its row long before.
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = "hangfire",
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
