using Coos.Server.Configuration;
using Coos.Server.Data.Backup;
using Npgsql;

namespace Coos.Server.Data;

/// <summary>
/// A lock on the database that a server holds as long as it runs. Servers share it, and a restore needs it alone: it would
/// replace all rows under a server that caches some of them. On PostgreSQL it is an advisory lock, on SQLite an operating system
/// lock on a file beside the database. Both are released if the process is killed.
/// </summary>
internal sealed partial class RunLock(CoosSettings settings, TimeProvider clock, ILogger<RunLock> logger) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private FileStream? _file;
    private NpgsqlConnection? _session;

    /// <summary>Acquires the lock for this server. The caller must hold the <see cref="StartLock"/>.</summary>
    /// <exception cref="StartException">The lock file cannot be opened.</exception>
    public async Task AcquireAsync()
    {
        if (settings.Provider == DatabaseProvider.Postgres)
        {
            _session = await RunLockSession.OpenSharedAsync(settings, CancellationToken.None);
        }
        else
        {
            _file = RunLockFile.OpenShared(settings);
        }
    }

    /// <summary>Acquires the lock for a restore. The caller must hold the <see cref="StartLock"/>, so no server starts meanwhile.</summary>
    /// <exception cref="BackupException">A server runs on the database. The message names it.</exception>
    public static async Task<IAsyncDisposable?> AcquireForRestoreAsync(CoosSettings settings) =>
        settings.Provider == DatabaseProvider.Postgres
            ? await RunLockSession.OpenExclusiveAsync(settings)
            : RunLockFile.OpenExclusive(settings);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file?.Dispose();
        _session?.Dispose();
        base.Dispose();
    }

    /// <summary>Acquires the lock again when the database server ended the session, such as at its restart.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Provider == DatabaseProvider.Postgres && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                _session ??= await RunLockSession.OpenSharedAsync(settings, stoppingToken);

                // No notifications are expected. This returns when the connection ends.
                await _session.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SessionLost(logger, e);
                await (_session?.DisposeAsync() ?? ValueTask.CompletedTask);
                _session = null;
                await Task.Delay(ReconnectDelay, clock, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            240,
            LogLevel.Warning,
            "Lost the database session that prevents a restore while this server runs; reconnecting in one second"
        )]
        public static partial void SessionLost(ILogger logger, Exception exception);
    }
}
