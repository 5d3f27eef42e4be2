using System.Data.Common;
using Coos.Server.Configuration;
using Coos.Server.Submissions;
using Coos.Shared.Submissions;
using Hangfire;
using Hangfire.States;

namespace Coos.Server.Scoring;

/// <summary>Queues submissions for the evaluator and waits for their scores.</summary>
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

    /// <summary>How often a waiting request polls when no signal can reach it: on SQLite, where another process scores.</summary>
    private static readonly TimeSpan UnsignalledPollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How often it polls when a signal or NOTIFY normally wakes it, in case that is lost. Long enough that hundreds of
    /// waiting requests cause little load.
    /// </summary>
    private static readonly TimeSpan SignalledPollInterval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Limits concurrent queueing: Hangfire blocks a thread and holds a connection while it queues, and hundreds at once
    /// would exhaust both.
    /// </summary>
    private readonly SemaphoreSlim _queueing = new(Environment.ProcessorCount);

    private TimeSpan PollInterval =>
        settings.Provider == DatabaseProvider.Sqlite && !settings.IsEvaluator ? UnsignalledPollInterval : SignalledPollInterval;

    /// <summary>The number of jobs that wait for a worker.</summary>
    public long Count => storage.GetMonitoringApi().EnqueuedCount(EnqueuedState.DefaultQueue);

    /// <summary>Queues a submission.</summary>
    public void Enqueue(Guid id) => jobs.Enqueue<EvaluationService>(service => service.ScoreAsync(id, CancellationToken.None));

    /// <summary>Queues a submission and waits until it is scored, failed or deleted, or <see cref="WaitTimeout"/> has passed.</summary>
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
    /// Queues a stored submission. If the queue is unavailable, the sweep finds the row later, so the submitter gets no
    /// error.
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
        [LoggerMessage(240, LogLevel.Warning, "Submission {Submission} could not be queued; the sweep will queue it within seconds")]
        public static partial void NotQueued(ILogger logger, Exception exception, Guid submission);
    }
}
