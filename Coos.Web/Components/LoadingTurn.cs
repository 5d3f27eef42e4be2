namespace Coos.Web.Components;

/// <summary>
/// Lets the components of one request read one after another: they share its database context, which does one thing at a
/// time, while Blazor starts all sections of a page at once.
/// </summary>
internal sealed class LoadingTurn : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for its turn and runs. What is loaded must not wait for another component that loads.</summary>
    public async Task TakeAsync(Func<Task> load)
    {
        await _gate.WaitAsync();
        try
        {
            await load();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
