using Coos.Server.Configuration;

namespace Coos.Server.Data;

/// <summary>
/// Queues frequent writers in order of arrival. SQLite has one writer at a time and no queue: a writer that finds the database
/// locked sleeps and retries, so among hundreds some lose repeatedly until they time out ("database is locked"). PostgreSQL
/// accepts several writers at a time; more would be no faster, and hundreds would exhaust the connection pool.
/// </summary>
internal sealed class WriteLock(CoosSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(
        settings.Provider == DatabaseProvider.Sqlite ? 1 : PostgresPools.GetMaxWriters(settings.ConnectionString)
    );

    /// <summary>Waits for the lock. Dispose the result to release it. The lock is not reentrant.</summary>
    public async ValueTask<SemaphoreLease> AcquireAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new SemaphoreLease(_gate);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
