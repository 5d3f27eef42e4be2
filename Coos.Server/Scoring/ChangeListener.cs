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
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, for the reading of labels has many ways to fail where the database is away.
                Log.ConnectionLost(logger, e);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = 30 };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        var heard = new Queue<NpgsqlNotificationEventArgs>();
        connection.Notification += (_, message) => heard.Enqueue(message);
        await connection.OpenAsync(cancellation);
        await using (
            var listen = new NpgsqlCommand($"LISTEN {ChangeNotifier.ScoredChannel}; LISTEN {ChangeNotifier.LabelsChannel}", connection)
        )
        {
            await listen.ExecuteNonQueryAsync(cancellation);
        }

        // What was said while nobody listened is lost; labels, unlike boards, do not expire.
        await labels.CatchUpAsync(cancellation);
        while (true)
        {
            while (heard.TryDequeue(out var message))
            {
                await TakeAsync(message.Channel, message.Payload.Split(' '), cancellation);
            }

            await connection.WaitAsync(cancellation);
        }
    }

    private async Task TakeAsync(string channel, string[] words, CancellationToken cancellation)
    {
        if (channel == ChangeNotifier.ScoredChannel)
        {
            await notifier.OnScoredAsync(Guid.Parse(words[0], CultureInfo.InvariantCulture), words[1], cancellation);
            return;
        }

        await labels.CatchUpAsync(words[0], words[1], cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "The connection that hears of other processes was lost; tried again in a second")]
        public static partial void ConnectionLost(ILogger logger, Exception exception);
    }
}
