using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// The sizes of a process's PostgreSQL connection pools. A PostgreSQL server accepts 100 connections by default, and Npgsql's
/// default is 100 for each of our two pools, so the server would reject some of the connections of three processes under
/// load. Small pools are enough, because a connection is held for milliseconds.
/// </summary>
internal static class PostgresPools
{
    /// <summary>The maximum size of the data pool if the connection string does not set it.</summary>
    public const int DataPoolSize = 20;

    /// <summary>The maximum size of Hangfire's pool, for its workers, for adding jobs and for its clean-up.</summary>
    private const int JobPoolSize = 10;

    /// <summary>The number of connections that writers leave for readers.</summary>
    private const int ReservedForReaders = 4;

    private const string PoolSizeKey = "Maximum Pool Size";

    /// <summary>How long a request waits for a connection, or for a response of the server, before it fails.</summary>
    private const int WaitSeconds = 30;

    /// <summary>Adds the pool size and timeout to a connection string that does not set them.</summary>
    public static string ForData(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        text.MaxPoolSize = text.ShouldSerialize(PoolSizeKey) ? text.MaxPoolSize : DataPoolSize;
        text.Timeout = text.ShouldSerialize("Timeout") ? text.Timeout : WaitSeconds;
        return text.ConnectionString;
    }

    /// <summary>
    /// Creates the connection string of Hangfire's own pool, which is never larger than the data pool. Hangfire's commits do not
    /// wait for the disk: after a power failure the queue can lack its last jobs, and the sweep queues them again.
    /// </summary>
    public static string ForJobs(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(ForData(connectionString));
        text.MaxPoolSize = Math.Min(text.MaxPoolSize, JobPoolSize);
        text.MinPoolSize = Math.Min(text.MinPoolSize, text.MaxPoolSize);
        text.Options = $"{text.Options} -c synchronous_commit=off".TrimStart();
        return text.ConnectionString;
    }

    /// <summary>Gets the number of concurrent writers.</summary>
    public static int GetMaxWriters(string connectionString) =>
        Math.Max(1, new NpgsqlConnectionStringBuilder(ForData(connectionString)).MaxPoolSize - ReservedForReaders);
}
