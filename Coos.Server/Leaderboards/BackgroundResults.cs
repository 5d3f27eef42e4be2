using System.Collections.Concurrent;
using Coos.Server.Benchmarks;

namespace Coos.Server.Leaderboards;

/// <summary>
/// Computes results of boards in the background, one at a time per board, and keeps the latest of each. A request waits
/// briefly; when a result is ready that a request did not wait for, cached pages of the benchmark are invalidated.
/// </summary>
/// <typeparam name="TInput">What a result is computed from.</typeparam>
/// <typeparam name="TOutput">The result.</typeparam>
/// <param name="isSame">Whether two inputs have the same result.</param>
/// <param name="results">The cached pages.</param>
/// <param name="lifetime">Ends the work when the server stops.</param>
/// <param name="clock">The clock.</param>
internal sealed class BackgroundResults<TInput, TOutput>(
    Func<TInput, TInput, bool> isSame,
    ResultVersions results,
    IHostApplicationLifetime lifetime,
    TimeProvider clock
)
    where TInput : class
    where TOutput : class
{
    /// <summary>How long a request waits. Small boards take milliseconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>The delay before failed work is retried, for example after the database was unreachable.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Slot> _slots = new();

    /// <summary>Gets a result.</summary>
    /// <param name="key">Identifies the board and what is computed of it.</param>
    /// <param name="slug">The benchmark, whose pages are invalidated.</param>
    /// <param name="input">The current input.</param>
    /// <param name="compute">Computes the result of an input, from the latest result; null if it failed, which it has logged.</param>
    /// <param name="cancellation">Ends the wait, not the work.</param>
    public async Task<BackgroundResult<TOutput>> GetAsync(
        string key,
        string slug,
        TInput input,
        Func<TInput, TOutput?, CancellationToken, Task<TOutput?>> compute,
        CancellationToken cancellation
    )
    {
        var slot = _slots.GetOrAdd(key, _ => new Slot());
        Task work;
        lock (slot)
        {
            if (slot.Computed is { } done && isSame(done, input) && !IsStale(slot))
            {
                return slot.ToResult();
            }

            slot.Requested = input;
            slot.Work = work = slot.Work is { IsCompleted: false } running
                ? running
                : Task.Run(() => RunAsync(slot, slug, compute, lifetime.ApplicationStopping), CancellationToken.None);
        }

        await Task.WhenAny(work, Task.Delay(Timeout, clock, cancellation));
        lock (slot)
        {
            if (slot.Computed is { } done && isSame(done, input) && !IsStale(slot))
            {
                return slot.ToResult();
            }

            slot.IsAwaited = true;
            return default;
        }
    }

    private bool IsStale(Slot slot) => slot.Output is null && clock.GetElapsedTime(slot.FailedAt) > RetryAfter;

    private async Task RunAsync(
        Slot slot,
        string slug,
        Func<TInput, TOutput?, CancellationToken, Task<TOutput?>> compute,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            TInput input;
            TOutput? latest;
            lock (slot)
            {
                (input, latest) = (slot.Requested!, slot.Latest);
            }

            var output = await compute(input, latest, cancellation);
            bool isAwaited;
            lock (slot)
            {
                (slot.Computed, slot.Output, slot.Latest) = (input, output, output ?? latest);
                slot.FailedAt = output is null ? clock.GetTimestamp() : 0;
                if (!isSame(slot.Requested!, input))
                {
                    continue;
                }

                (isAwaited, slot.IsAwaited, slot.Work) = (slot.IsAwaited, false, null);
            }

            if (isAwaited)
            {
                await results.InvalidateAsync(slug);
            }

            return;
        }
    }

    private sealed class Slot
    {
        public TInput? Requested { get; set; }

        public TInput? Computed { get; set; }

        public TOutput? Output { get; set; }

        /// <summary>The latest result that did not fail.</summary>
        public TOutput? Latest { get; set; }

        public long FailedAt { get; set; }

        public Task? Work { get; set; }

        /// <summary>Whether a response said that the result is being computed.</summary>
        public bool IsAwaited { get; set; }

        public BackgroundResult<TOutput> ToResult() => new(Output, Output is null);
    }
}

/// <summary>A result that is computed in the background.</summary>
/// <typeparam name="TOutput">The result.</typeparam>
/// <param name="Output">The result; null while it is being computed, or after it failed.</param>
/// <param name="HasFailed">Whether it failed. The cause is in the server's log, and it will be retried.</param>
public readonly record struct BackgroundResult<TOutput>(TOutput? Output, bool HasFailed)
    where TOutput : class;
