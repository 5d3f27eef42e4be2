using System.Threading.RateLimiting;
using Coos.Server.Configuration;
using Coos.Server.Problems;

namespace Coos.Server.Submissions;

/// <summary>
/// Limits the uploads that are received at the same time: per sender, on the whole server, and by the bytes that they have on disk or
/// in memory. Uploads of a sender beyond the limit wait for their turn, before their bodies are read.
/// </summary>
internal sealed class UploadLimiter(CoosSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The maximum number of uploads of one sender that wait.</summary>
    public const int MaxWaiting = 64;

    /// <summary>How long an upload waits for its turn.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly PartitionedRateLimiter<string> _senders = PartitionedRateLimiter.Create<string, string>(sender =>
        RateLimitPartition.GetConcurrencyLimiter(
            sender,
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = settings.Uploads.MaxConcurrentPerSender,
                QueueLimit = MaxWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        )
    );

    private int _uploads;
    private long _bytes;

    /// <summary>The number of uploads that are received now.</summary>
    public int Uploads => Volatile.Read(ref _uploads);

    /// <summary>The bytes that they have received.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Waits for the turn of an upload. Dispose the slot when the request ends.</summary>
    /// <param name="sender">Identifies the sender; null for one without a limit.</param>
    /// <param name="length">The length of the body; null if the sender does not say.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The slot, or the refusal.</returns>
    public async ValueTask<Result<UploadSlot>> AcquireAsync(string? sender, long? length, CancellationToken cancellation)
    {
        if (Bytes + (length ?? 0) > settings.Uploads.MaxSpooledBytes)
        {
            return ServerIsBusy();
        }

        var lease = sender is null ? null : await WaitAsync(sender, cancellation);
        if (lease is { IsAcquired: false })
        {
            lease.Dispose();
            return TooManyOfSender();
        }

        if (Interlocked.Increment(ref _uploads) <= settings.Uploads.MaxConcurrent)
        {
            return new UploadSlot(this, lease);
        }

        Interlocked.Decrement(ref _uploads);
        lease?.Dispose();
        return ServerIsBusy();
    }

    /// <summary>Counts received bytes.</summary>
    /// <returns>Whether they are within the limit of the server.</returns>
    internal bool TryAdd(long bytes) => Interlocked.Add(ref _bytes, bytes) <= settings.Uploads.MaxSpooledBytes;

    /// <summary>Ends an upload.</summary>
    internal void Release(long bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _uploads);
    }

    /// <inheritdoc/>
    public void Dispose() => _senders.Dispose();

    /// <summary>Rejects an upload while the server receives as many as it may.</summary>
    public static Refusal ServerIsBusy() =>
        new(
            RefusalKind.Unavailable,
            "Too many uploads on this server",
            "Nothing was stored. The server is receiving as many uploads as it can hold. Wait a few seconds and send this one again; "
                + "the header Retry-After says how many."
        );

    private async Task<RateLimitLease?> WaitAsync(string sender, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(MaxWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await _senders.AcquireAsync(sender, 1, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new NoLease();
        }
    }

    private Refusal TooManyOfSender() =>
        new(
            RefusalKind.TooManyRequests,
            "Too many uploads at once",
            $"Nothing was stored. The server receives {settings.Uploads.MaxConcurrentPerSender} of your uploads at a time. "
                + $"At most {MaxWaiting} others wait, up to {MaxWait.TotalSeconds:0} seconds. Send this one again when they are done."
        );

    /// <summary>A wait that was given up.</summary>
    private sealed class NoLease : RateLimitLease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}

/// <summary>An upload that is received now. It ends when the slot is disposed.</summary>
internal sealed class UploadSlot(UploadLimiter limiter, RateLimitLease? lease) : IDisposable
{
    private long _bytes;

    /// <summary>Counts received bytes.</summary>
    /// <returns>Whether the server may receive more.</returns>
    public bool TryAdd(long bytes)
    {
        _bytes += bytes;
        return limiter.TryAdd(bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        limiter.Release(_bytes);
        lease?.Dispose();
    }
}
