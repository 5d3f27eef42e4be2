using System.Data.Common;
using System.Globalization;
using Coos.Web.Benchmarks;
using Coos.Web.Configuration;
using Npgsql;

namespace Coos.Web.Evaluations;

/// <summary>Hears the news of other processes on the same PostgreSQL database.</summary>
internal sealed partial class NewsListener(CoosSettings settings, News news, LabelImport labels, TimeProvider clock, ILogger<NewsListener> logger) : BackgroundService
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
            catch (Exception e) when (e is DbException or IOException or TimeoutException)
            {
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
        await using (var listen = new NpgsqlCommand($"LISTEN {News.Worked}; LISTEN {News.Labels}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellation);
        }

        while (true)
        {
            await connection.WaitAsync(cancellation);
            while (heard.TryDequeue(out var message))
            {
                await TakeAsync(message.Channel, message.Payload.Split(' '), cancellation);
            }
        }
    }

    private async Task TakeAsync(string channel, string[] words, CancellationToken cancellation)
    {
        if (channel == News.Worked)
        {
            await news.TakeWorkedAsync(Guid.Parse(words[0], CultureInfo.InvariantCulture), words[1], cancellation);
            return;
        }

        try
        {
            await labels.ReloadAsync(words[0], words[1], cancellation);
        }
        catch (LabelSourceException e)
        {
            // This process has another manifest than the one that took the labels.
            Log.LabelsDoNotFit(logger, words[0], words[1], e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(230, LogLevel.Warning, "The connection that hears of other processes was lost; tried again in a second")]
        public static partial void ConnectionLost(ILogger logger, Exception exception);

        [LoggerMessage(231, LogLevel.Error, "Labels of {Benchmark}/{Split} that another process took do not fit here: {Problem}")]
        public static partial void LabelsDoNotFit(ILogger logger, string benchmark, string split, string problem);
    }
}
