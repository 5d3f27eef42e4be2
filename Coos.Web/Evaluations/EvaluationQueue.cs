using Coos.Shared.Submissions;
using Coos.Web.Configuration;
using Coos.Web.Data;
using Coos.Web.Submissions;
using Hangfire;

namespace Coos.Web.Evaluations;

/// <summary>Hands submissions to the evaluator and waits for them.</summary>
internal sealed class EvaluationQueue(IBackgroundJobClient jobs, EvaluationSignals signals, CoosSettings settings, TimeProvider clock)
{
    /// <summary>How long a request waits for its scores.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often a waiting request looks itself where nobody can wake it: SQLite, scored by another process.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromMilliseconds(250);

    /// <summary>How often it looks where it is woken by a signal or by NOTIFY, should that be lost; hundreds that wait must not be a load.</summary>
    private static readonly TimeSpan Woken = TimeSpan.FromSeconds(2);

    private TimeSpan Glance => settings.Provider == DatabaseProvider.Sqlite && !settings.IsEvaluator ? Alone : Woken;

    /// <summary>Queues a submission.</summary>
    public void Enqueue(Guid id) => jobs.Enqueue<EvaluationService>(service => service.ScoreAsync(id, CancellationToken.None));

    /// <summary>Queues a submission and waits until it is scored, has failed, or patience ends.</summary>
    public async Task EnqueueAndWaitAsync(Guid id, SubmissionReader reader, CancellationToken cancellation)
    {
        var scored = signals.For(id);
        var start = clock.GetTimestamp();
        try
        {
            Enqueue(id);
            while (clock.GetElapsedTime(start) < Patience)
            {
                await Task.WhenAny(scored, Task.Delay(Glance, clock, cancellation));
                if (scored.IsCompleted || await reader.FindStatusAsync(id, cancellation) is SubmissionStatus.Scored or SubmissionStatus.Failed)
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
}
