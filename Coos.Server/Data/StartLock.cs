using System.Data.Common;
using Coos.Server.Configuration;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// A lock that a process holds while it migrates the database and imports the benchmark folders, so that processes that start
/// together do this one after the other. On PostgreSQL it is an advisory lock, on SQLite an operating system lock on a file
/// next to the database. Both are released if the process is killed.
/// </summary>
internal sealed class StartLock : IAsyncDisposable
{
    /// <summary>The key of the advisory lock: the letters COOS. Any number would do.</summary>
    private const long AdvisoryKey = 0x434F4F53;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(5);

    private readonly IAsyncDisposable? _held;

    private StartLock(IAsyncDisposable? held) => _held = held;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="StartException">The database cannot be reached, or another process holds the lock for too long.</exception>
    public static async Task<StartLock> AcquireAsync(CoosSettings settings) =>
        settings.Provider == DatabaseProvider.Postgres
            ? await AcquireAdvisoryAsync(settings.ConnectionString)
            : await AcquireFileAsync(settings.ConnectionString);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _held?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<StartLock> AcquireAdvisoryAsync(string connectionString)
    {
        // Not pooled: closing the connection must end the session, which releases the lock.
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
            var problem = StartProblem.From(connection, e);
            await connection.DisposeAsync();
            throw problem;
        }
    }

    private static async Task<StartLock> AcquireFileAsync(string connectionString)
    {
        var path = DatabaseFile.GetPath(connectionString) + ".start";
        PrivateFiles.Restrict(path);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new StartLock(PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None));
            }
            catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                // The database cannot be created there either; the migration reports that with its own message.
                return new StartLock(null);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(start) < WaitTimeout)
            {
                await Task.Delay(RetryInterval, TimeProvider.System);
            }
            catch (IOException e)
            {
                throw new StartException(
                    $"{path}: another process has held the start lock of this database for more than "
                        + $"{WaitTimeout.TotalMinutes:0} minutes ({e.Message}); stop that process",
                    e
                );
            }
        }
    }
}
