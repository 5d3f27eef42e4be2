using Coos.Server.Configuration;

namespace Coos.Server.Data;

/// <summary>
/// Lets those who write often do so in the order in which they came. SQLite has one writer at a time and knows no queue:
/// who finds it busy sleeps and tries again, so that of hundreds some lose over and over until their time is up ("database
/// is locked"). PostgreSQL takes some at a time: more of them would be no faster, and hundreds would use up the pool of
/// connections.
/// </summary>
internal sealed class WriteLock(CoosSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(
        settings.Provider == DatabaseProvider.Sqlite ? 1 : PostgresPools.Writers(settings.ConnectionString)
    );

    /// <summary>Waits for the turn; it ends when what is returned is disposed. Whoever has it must not take it again.</summary>
    public async ValueTask<SemaphoreLease> AcquireAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new SemaphoreLease(_gate);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
