using Coos.Server.Data;

namespace Coos.Server.Submissions;

/// <summary>
/// Lets as many uploads be checked at once as there are processors, in the order in which they came. Checking is work for a
/// processor and blocks a thread: with hundreds at once, whatever else waits for a thread waits behind all of them, and
/// queries that wait hold a connection each, until none is left for anybody.
/// </summary>
internal sealed class ValidationLimiter : IDisposable
{
    private readonly SemaphoreSlim _gate = new(Environment.ProcessorCount);

    /// <summary>Waits for the turn; it ends when what is returned is disposed.</summary>
    public async ValueTask<SemaphoreLease> AcquireAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new SemaphoreLease(_gate);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
