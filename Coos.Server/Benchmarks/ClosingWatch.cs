namespace Coos.Server.Benchmarks;

/// <summary>Closes benchmarks whose date has passed, or that another process closed, within seconds.</summary>
internal sealed partial class ClosingWatch(ClosedBenchmarks closed, TimeProvider clock, ILogger<ClosingWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await closed.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database may be busy or unavailable; the next round tries again.
                Log.RefreshFailed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(261, LogLevel.Warning, "Could not read which benchmarks are closed; trying again in seconds")]
        public static partial void RefreshFailed(ILogger logger, Exception exception);
    }
}
