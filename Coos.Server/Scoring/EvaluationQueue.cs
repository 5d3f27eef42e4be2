using System.Data.Common;
using Coos.Server.Configuration;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Hangfire;
using Hangfire.States;

namespace Coos.Server.Scoring;

/// <summary>Hands submissions to the evaluator and waits for them.</summary>
internal sealed partial class EvaluationQueue(
    IBackgroundJobClient jobs,
    JobStorage storage,
    EvaluationSignals signals,
    CoosSettings settings,
    TimeProvider clock,
    ILogger<EvaluationQueue> logger
) : IDisposable
{
    /// <summary>How long a request waits for its scores.</summary>
    public static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How often a waiting request looks itself where nobody can wake it: SQLite, scored by another process.</summary>
    private static readonly TimeSpan UnsignalledPollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often it looks where it is woken by a signal or by NOTIFY, should that be lost; hundreds that wait must not be a load.</summary>
    private static readonly TimeSpan SignalledPollInterval = TimeSpan.FromSeconds(2);

    /// <summary>Hangfire blocks a thread, and a connection of its own, while it queues: hundreds at once would take all of both.</summary>
    private readonly SemaphoreSlim _queueing = new(Environment.ProcessorCount);

    private TimeSpan PollInterval =>
        settings.Provider == DatabaseProvider.Sqlite && !settings.IsEvaluator ? UnsignalledPollInterval : SignalledPollInterval;

    /// <summary>How many jobs wait for a worker.</summary>
    public long Count => storage.GetMonitoringApi().EnqueuedCount(EnqueuedState.DefaultQueue);

    /// <summary>Queues a submission.</summary>
    public void Enqueue(Guid id) => jobs.Enqueue<EvaluationService>(service => service.ScoreAsync(id, CancellationToken.None));

    /// <summary>Queues a submission and waits until it is scored, has failed or is gone, or patience ends.</summary>
    public async Task EnqueueAndWaitAsync(Guid id, SubmissionReader reader, CancellationToken cancellation)
    {
        var scored = signals.For(id);
        var start = clock.GetTimestamp();
        try
        {
            await EnqueueAsync(id, cancellation);
            while (clock.GetElapsedTime(start) < WaitTimeout)
            {
                await Task.WhenAny(scored, Task.Delay(PollInterval, clock, cancellation));
                if (scored.IsCompleted || (await reader.FindStatusAsync(id, cancellation))?.IsUnscored() != true)
                {
                    return;
                }
            }
        }
        finally
        {
            signals.Forget(id);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _queueing.Dispose();

    /// <summary>
    /// Queues a submission that is stored already. Should the queue be out of reach, the sweep finds the row: whoever sent
    /// it must not be told that it failed.
    /// </summary>
    private async Task EnqueueAsync(Guid id, CancellationToken cancellation)
    {
        await _queueing.WaitAsync(cancellation);
        try
        {
            Enqueue(id);
        }
        catch (Exception e) when (e is BackgroundJobClientException or DbException or TimeoutException)
        {
            Log.NotQueued(logger, e, id);
        }
        finally
        {
            _queueing.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(240, LogLevel.Warning, "Submission {Submission} could not be queued; the sweep takes it up within seconds")]
        public static partial void NotQueued(ILogger logger, Exception exception, Guid submission);
    }
}
