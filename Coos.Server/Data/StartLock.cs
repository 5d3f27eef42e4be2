using System.Data.Common;
using Coos.Server.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// Held while a process migrates the database and brings in the benchmark folders, so that processes that start together
/// do that one after the other. On PostgreSQL it is an advisory lock, on SQLite a lock of the operating system on a file
/// beside the database: both vanish with a process that is killed.
/// </summary>
internal sealed class StartLock : IAsyncDisposable
{
    /// <summary>Any number, so long as it is ours: the letters COOS.</summary>
    private const long AdvisoryKey = 0x434F4F53;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(5);

    private readonly IAsyncDisposable? _held;

    private StartLock(IAsyncDisposable? held) => _held = held;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="StartException">The database cannot be reached, or another process holds the lock for minutes.</exception>
    public static async Task<StartLock> TakeAsync(CoosSettings settings) =>
        settings.Provider == DatabaseProvider.Postgres
            ? await AdvisoryAsync(settings.ConnectionString)
            : await FileAsync(settings.ConnectionString);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _held?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<StartLock> AdvisoryAsync(string connectionString)
    {
        // Not pooled: closing it ends the session, and with it the lock.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_advisory_lock($1)";
            command.CommandTimeout = (int)WaitTimeout.TotalSeconds;
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryKey });
            await command.ExecuteNonQueryAsync();
            return new StartLock(connection);
        }
        catch (DbException e)
        {
            var problem = StartProblem.Of(connection, e);
            await connection.DisposeAsync();
            throw problem;
        }
    }

    private static async Task<StartLock> FileAsync(string connectionString)
    {
        var path = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource) + ".start";
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new StartLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                // The database cannot be made there either, which is told by the migration in its own words.
                return new StartLock(null);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(start) < WaitTimeout)
            {
                await Task.Delay(Retry, TimeProvider.System);
            }
            catch (IOException e)
            {
                throw new StartException(
                    $"{path}: another process is starting on this database for more than {WaitTimeout.TotalMinutes:0} minutes ({e.Message}); end it",
                    e
                );
            }
        }
    }
}
