namespace Coos.Server.Submissions;

/// <summary>Deletes expired uploads every hour, so that they do not stay on a server that gets no new ones.</summary>
internal sealed partial class UploadExpiry(UploadStore store, TimeProvider clock, ILogger<UploadExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.DeleteExpiredAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database may be busy or unreachable; the next round tries again.
                Log.Failed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(350, LogLevel.Warning, "Expired uploads could not be deleted; trying again in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
