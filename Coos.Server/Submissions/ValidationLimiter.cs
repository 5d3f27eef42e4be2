using Coos.Server.Data;

namespace Coos.Server.Submissions;

/// <summary>
/// Limits concurrent validations of uploads to the number of processors, in order of arrival. Validation is CPU-bound and
/// blocks a thread: with hundreds at once, all other work waits for a thread, and each waiting query holds a database
/// connection until none is left.
/// </summary>
internal sealed class ValidationLimiter : IDisposable
{
    private readonly SemaphoreSlim _gate = new(Environment.ProcessorCount);

    /// <summary>Waits for a slot. Dispose the result to release it.</summary>
    public async ValueTask<SemaphoreLease> AcquireAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new SemaphoreLease(_gate);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
