using System.Threading.RateLimiting;

namespace Coos.Server.Submissions;

/// <summary>
/// Limits concurrent validations of uploads to the number of processors, and to one per sender. Validation is CPU-bound and blocks a
/// thread: with hundreds at once, all other work waits for a thread, and each waiting query holds a database connection until none is
/// left. Senders whose last files were quick to check come first, so that files made to take long delay each other and not the rest.
/// </summary>
internal sealed class ValidationLimiter(TimeProvider clock) : IDisposable
{
    /// <summary>The maximum number of files of one sender that wait.</summary>
    public const int MaxWaiting = 64;

    /// <summary>The number of senders whose durations are remembered.</summary>
    private const int MaxSenders = 10_000;

    /// <summary>
    /// A file is due this many times its expected duration after it arrived. All files are checked in the end, because a later one is
    /// due later.
    /// </summary>
    private const int Patience = 20;

    /// <summary>The expected duration of the first file of a sender.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (DateTimeOffset Due, long Arrival)> _waiting = new();
    private readonly Dictionary<string, TimeSpan> _expected = [];
    private int _free = Environment.ProcessorCount;
    private long _arrivals;

    private readonly PartitionedRateLimiter<string> _senders = PartitionedRateLimiter.Create<string, string>(sender =>
        RateLimitPartition.GetConcurrencyLimiter(
            sender,
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = 1,
                QueueLimit = MaxWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        )
    );

    /// <summary>Waits for a slot. Dispose the result to release it.</summary>
    /// <param name="sender">Identifies the sender; null for one without a limit.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if too many files of the sender wait already.</returns>
    public async ValueTask<ValidationSlot?> AcquireAsync(string? sender, CancellationToken cancellation)
    {
        var lease = sender is null ? null : await _senders.AcquireAsync(sender, 1, cancellation);
        if (lease is { IsAcquired: false })
        {
            lease.Dispose();
            return null;
        }

        try
        {
            await WaitAsync(sender ?? "", cancellation);
        }
        catch (OperationCanceledException)
        {
            lease?.Dispose();
            throw;
        }

        var start = clock.GetTimestamp();
        return new ValidationSlot(() =>
        {
            Release(sender ?? "", clock.GetElapsedTime(start));
            lease?.Dispose();
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _senders.Dispose();

    private async Task WaitAsync(string sender, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            var due = clock.GetUtcNow() + (Patience * _expected.GetValueOrDefault(sender, Unknown));
            _waiting.Enqueue(turn, (due, _arrivals++));
        }

        await using var cancelled = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task;
    }

    /// <summary>Remembers how long a validation took, and gives the slot to the file that is due first.</summary>
    private void Release(string sender, TimeSpan duration)
    {
        lock (_lock)
        {
            if (_expected.Count >= MaxSenders)
            {
                _expected.Clear();
            }

            // One quick file does not make up for a slow one at once.
            var before = _expected.GetValueOrDefault(sender) / 2;
            _expected[sender] = duration > before ? duration : before;
            while (_waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }
}

/// <summary>A slot of a <see cref="ValidationLimiter"/>, released when it is disposed.</summary>
internal sealed class ValidationSlot(Action release) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => release();
}
