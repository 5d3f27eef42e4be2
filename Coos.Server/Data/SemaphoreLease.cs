namespace Coos.Server.Data;

/// <summary>A turn that was taken at a gate; it ends when this is disposed, once.</summary>
internal readonly struct SemaphoreLease(SemaphoreSlim gate) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => gate.Release();
}
