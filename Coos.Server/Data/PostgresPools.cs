using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// How many connections a process keeps to PostgreSQL. A server takes a hundred by default, and Npgsql as many for each of
/// our two pools: three processes under load would be refused. Few are enough, for who needs one holds it for milliseconds.
/// </summary>
internal static class PostgresPools
{
    /// <summary>The most of the data's pool, where the connection string does not say.</summary>
    public const int Data = 20;

    /// <summary>The most of Hangfire's pool: its workers, those who queue, and its clean-up.</summary>
    private const int Jobs = 10;

    /// <summary>Writers leave connections to those who only read.</summary>
    private const int Readers = 4;

    private const string Size = "Maximum Pool Size";

    /// <summary>How long a request waits for a connection, or for the server to answer, before it fails.</summary>
    private const int WaitSeconds = 30;

    /// <summary>A connection string with the sizes that it does not give itself.</summary>
    public static string ForData(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        text.MaxPoolSize = text.ShouldSerialize(Size) ? text.MaxPoolSize : Data;
        text.Timeout = text.ShouldSerialize("Timeout") ? text.Timeout : WaitSeconds;
        return text.ConnectionString;
    }

    /// <summary>
    /// The same for Hangfire, whose pool is one of its own and never larger than the data's. Its commits do not wait for the
    /// disk: a power cut may cost the queue its last jobs, and the sweep queues their rows again.
    /// </summary>
    public static string ForJobs(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(ForData(connectionString));
        text.MaxPoolSize = Math.Min(text.MaxPoolSize, Jobs);
        text.MinPoolSize = Math.Min(text.MinPoolSize, text.MaxPoolSize);
        text.Options = $"{text.Options} -c synchronous_commit=off".TrimStart();
        return text.ConnectionString;
    }

    /// <summary>How many may write at once.</summary>
    public static int Writers(string connectionString) =>
        Math.Max(1, new NpgsqlConnectionStringBuilder(ForData(connectionString)).MaxPoolSize - Readers);
}
