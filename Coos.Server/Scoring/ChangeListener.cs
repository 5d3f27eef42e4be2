using System.Globalization;
using Coos.Server.Configuration;
using Npgsql;

namespace Coos.Server.Scoring;

/// <summary>Listens to the changes that other processes publish on the same PostgreSQL database.</summary>
internal sealed partial class ChangeListener(
    CoosSettings settings,
    ChangeNotifier notifier,
    LabelImport labels,
    TimeProvider clock,
    ILogger<ChangeListener> logger
) : BackgroundService
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Catch everything: reading labels can fail in many ways while the database is unreachable.
                Log.ConnectionLost(logger, e);
                await Task.Delay(ReconnectDelay, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        var options = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = 30 };
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        var received = new Queue<NpgsqlNotificationEventArgs>();
        connection.Notification += (_, message) => received.Enqueue(message);
        await connection.OpenAsync(cancellation);
        await using (
            var listen = new NpgsqlCommand($"LISTEN {ChangeNotifier.ScoredChannel}; LISTEN {ChangeNotifier.LabelsChannel}", connection)
        )
        {
            await listen.ExecuteNonQueryAsync(cancellation);
        }

        // Notifications sent before LISTEN are lost. Cached boards expire, but labels do not, so read them now.
        await labels.CatchUpAsync(cancellation);
        while (true)
        {
            while (received.TryDequeue(out var message))
            {
                await HandleAsync(message.Channel, message.Payload.Split(' '), cancellation);
            }

            await connection.WaitAsync(cancellation);
        }
    }

    private async Task HandleAsync(string channel, string[] words, CancellationToken cancellation)
    {
        if (channel == ChangeNotifier.ScoredChannel)
        {
            await notifier.OnScoredAsync(Guid.Parse(words[0], CultureInfo.InvariantCulture), words[1]);
            return;
        }

        await labels.CatchUpAsync(words[0], words[1], cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "Lost the connection that receives changes from other processes; reconnecting in one second")]
        public static partial void ConnectionLost(ILogger logger, Exception exception);
    }
}
