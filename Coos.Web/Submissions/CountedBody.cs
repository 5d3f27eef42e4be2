using Coos.Server.Submissions;
using Coos.Shared.Packing;

namespace Coos.Web.Submissions;

/// <summary>The body of an upload, whose bytes count against the limit of the server. Beyond it, reading fails with 503.</summary>
internal sealed class CountedBody(Stream body, UploadSlot slot) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        return slot.TryAdd(read)
            ? read
            : throw new BadHttpRequestException(UploadLimiter.ServerIsBusy().Detail, StatusCodes.Status503ServiceUnavailable);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => throw new NotSupportedException("Request bodies are read asynchronously.");
}
