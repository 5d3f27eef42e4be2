using System.Threading.RateLimiting;

namespace Coos.Server.Submissions;

/// <summary>
/// Limits concurrent validations of uploads to the number of processors, in order of arrival, and to one per sender. Validation is
/// CPU-bound and blocks a thread: with hundreds at once, all other work waits for a thread, and each waiting query holds a database
/// connection until none is left. Without a limit per sender, a few could use all processors.
/// </summary>
internal sealed class ValidationLimiter : IDisposable
{
    /// <summary>The maximum number of files of one sender that wait.</summary>
    public const int MaxWaiting = 64;

    private readonly SemaphoreSlim _gate = new(Environment.ProcessorCount);

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
            await _gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            lease?.Dispose();
            throw;
        }

        return new ValidationSlot(_gate, lease);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _senders.Dispose();
    }
}

/// <summary>A slot of a <see cref="ValidationLimiter"/>, released when it is disposed.</summary>
internal sealed class ValidationSlot(SemaphoreSlim gate, RateLimitLease? sender) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        gate.Release();
        sender?.Dispose();
    }
}
