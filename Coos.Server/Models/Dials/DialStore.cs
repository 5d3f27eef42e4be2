using System.Collections.Concurrent;

namespace Coos.Server.Models.Dials;

/// <summary>
/// Keeps the documents that were asked for last. Their key has the versions of labels and the rows of predictions, so nothing has to be
/// evicted when either changes.
/// </summary>
internal sealed class DialStore
{
    /// <summary>The number of kept documents, of about 20 KB each.</summary>
    private const int Maximum = 500;

    private readonly ConcurrentDictionary<string, Lazy<Task<DialDocument?>>> _known = new();

    /// <summary>Gets a document.</summary>
    /// <param name="key">What it depends on.</param>
    /// <param name="compute">Computes it; null if there is none. Not cancelled, because others may wait for it.</param>
    public async Task<DialDocument?> GetAsync(string key, Func<Task<DialDocument?>> compute)
    {
        if (_known.Count >= Maximum)
        {
            _known.Clear();
        }

        var entry = _known.GetOrAdd(key, _ => new Lazy<Task<DialDocument?>>(compute));
        try
        {
            return await entry.Value;
        }
        catch
        {
            _known.TryRemove(KeyValuePair.Create(key, entry));
            throw;
        }
    }
}
