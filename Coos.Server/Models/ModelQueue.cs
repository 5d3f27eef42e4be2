using System.Data.Common;
using Coos.Server.Data;
using Hangfire;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;

namespace Coos.Server.Models;

/// <summary>
/// Queues runs for the runners. Runs have a queue of their own, with one worker in each process, so that they never wait before, or hold
/// up, the scoring of files.
/// </summary>
internal sealed partial class ModelQueue(
    IDbContextFactory<CoosDbContext> databases,
    IBackgroundJobClient jobs,
    ModelClaims claims,
    TimeProvider clock,
    ILogger<ModelQueue> logger
) : IDisposable
{
    /// <summary>The name of the queue.</summary>
    public const string Name = "models";

    /// <summary>When a queued run may be queued again: its job may be lost, or taken by a runner without the images.</summary>
    private static readonly TimeSpan RequeueAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, long> _queued = [];
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Lets the sweep look for runs at once.</summary>
    public void Wake() => _wake.Release();

    /// <summary>Waits until a run was stored, or for a time.</summary>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellation) => _wake.WaitAsync(time, cancellation);

    /// <summary>Queues the runs that no runner has.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var free = await claims
            .Free(database)
            .OrderBy(r => r.Purpose)
            .ThenBy(r => r.RequestedAt)
            .Select(r => r.Id)
            .Take(100)
            .ToListAsync(cancellation);
        foreach (var id in _queued.Keys.Except(free).ToList())
        {
            _queued.Remove(id);
        }

        foreach (var id in free.Where(id => !_queued.TryGetValue(id, out var at) || clock.GetElapsedTime(at) > RequeueAfter))
        {
            try
            {
                jobs.Create<ModelRunner>(runner => runner.RunAsync(id, CancellationToken.None), new EnqueuedState(Name));
                _queued[id] = clock.GetTimestamp();
            }
            catch (Exception e) when (e is BackgroundJobClientException or DbException or TimeoutException)
            {
                Log.NotQueued(logger, e, id);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private static partial class Log
    {
        [LoggerMessage(910, LogLevel.Warning, "Run {Run} could not be queued; the sweep tries again within seconds")]
        public static partial void NotQueued(ILogger logger, Exception exception, Guid run);
    }
}
