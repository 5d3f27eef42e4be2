namespace Coos.Server.Data;

/// <summary>An acquired slot of a semaphore. Dispose it exactly once to release the slot.</summary>
internal readonly struct SemaphoreLease(SemaphoreSlim gate) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => gate.Release();
}
