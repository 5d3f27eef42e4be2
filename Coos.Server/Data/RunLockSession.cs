using System.Data.Common;
using Coos.Server.Configuration;
using Coos.Server.Data.Backup;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// The <see cref="RunLock"/> of a PostgreSQL database: a session with an advisory lock. The session's application name names the
/// server, for messages.
/// </summary>
internal static class RunLockSession
{
    /// <summary>The key of the advisory lock: the letters COOS RUN. Any number but that of the start lock would do.</summary>
    private const long AdvisoryKey = 0x434F4F53_52554E;

    private const string Holders = """
        SELECT COALESCE(a.application_name, '')
        FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.classid::bigint << 32 | l.objid::bigint) = $1
        ORDER BY 1
        """;

    /// <summary>Waits for the lock as a server, together with other servers.</summary>
    /// <exception cref="StartException">The database cannot be reached.</exception>
    public static async Task<NpgsqlConnection> OpenSharedAsync(CoosSettings settings, CancellationToken cancellation)
    {
        var connection = Create(settings, $"{RunningServer.Describe(settings)} on {Environment.MachineName}");
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_advisory_lock_shared($1)";
            AddKey(command);
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch (DbException e)
        {
            var problem = StartProblem.From(connection, e);
            await connection.DisposeAsync();
            throw problem;
        }
        catch (OperationCanceledException)
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Acquires the lock for a restore.</summary>
    /// <exception cref="BackupException">A server holds the lock.</exception>
    /// <exception cref="StartException">The database cannot be reached.</exception>
    public static async Task<NpgsqlConnection> OpenExclusiveAsync(CoosSettings settings)
    {
        var connection = Create(settings, "coos admin restore");
        try
        {
            await connection.OpenAsync();
            await LockAsync(connection);
            return connection;
        }
        catch (BackupException)
        {
            await connection.DisposeAsync();
            throw;
        }
        catch (DbException e)
        {
            var problem = StartProblem.From(connection, e);
            await connection.DisposeAsync();
            throw problem;
        }
    }

    /// <summary>Creates a connection of its own, because the lock ends with the session.</summary>
    private static NpgsqlConnection Create(CoosSettings settings, string name) =>
        new(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString)
            {
                Pooling = false,
                KeepAlive = 30,
                ApplicationName = name,
            }.ConnectionString
        );

    private static async Task LockAsync(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_lock($1)";
        AddKey(command);
        if (await command.ExecuteScalarAsync() is not true)
        {
            throw RunningServer.RefuseRestore(await ReadHoldersAsync(connection));
        }
    }

    private static void AddKey(NpgsqlCommand command) => command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryKey });

    private static async Task<List<string>> ReadHoldersAsync(NpgsqlConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Holders;
        AddKey(command);
        await using var reader = await command.ExecuteReaderAsync();
        var servers = new List<string>();
        while (await reader.ReadAsync())
        {
            servers.Add(reader.GetString(0));
        }

        return servers;
    }
}
