namespace Coos.Server.Models;

/// <summary>Queues runs that wait, and those that a crash left behind. The rows are authoritative; the queue may be lost.</summary>
internal sealed partial class ModelSweep(
    ModelQueue queue,
    ModelStore models,
    BaselineModels baselines,
    ModelSandbox sandbox,
    ILogger<ModelSweep> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The sandbox starts a process; the server does not wait for it.
        await Task.Yield();
        if (!sandbox.Open().TryGet(out _, out _))
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await baselines.ImportAsync(stoppingToken);
                await queue.SweepAsync(stoppingToken);
                await models.DeleteOrphansAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.SweepFailed(logger, e);
            }

            await queue.WaitAsync(Period, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(911, LogLevel.Warning, "The sweep for waiting runs of models failed; it runs again in seconds")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
