using System.Buffers;
using Coos.Shared.Packing;

namespace Coos.Web.Submissions;

/// <summary>
/// A request body that fails with 413 if it is longer than allowed. The rest is read and discarded, up to a limit, so that the
/// client receives the response.
/// </summary>
internal sealed class LimitedBody(Stream body, long maximum, long? contentLength) : ReadOnlyStream
{
    private const long MaxDiscarded = 1L << 30;
    private static readonly TimeSpan MaxDiscardTime = TimeSpan.FromSeconds(20);

    private long _read;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (contentLength <= maximum || contentLength is null)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            _read += read;
            if (_read <= maximum)
            {
                return read;
            }
        }

        await DiscardAsync(cancellationToken);
        throw new BadHttpRequestException(
            $"Nothing was stored. The body of this request may have {maximum:N0} bytes.",
            StatusCodes.Status413PayloadTooLarge
        );
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Request bodies are read asynchronously.");

    private async Task DiscardAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(MaxDiscardTime);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            long discarded = 0;
            while (discarded < MaxDiscarded)
            {
                var read = await body.ReadAsync(buffer, limit.Token);
                if (read == 0)
                {
                    return;
                }

                discarded += read;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The client gets the response now, or the connection is closed.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
