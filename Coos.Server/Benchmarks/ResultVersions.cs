using System.Collections.Concurrent;

namespace Coos.Server.Benchmarks;

/// <summary>Invalidates cached results of benchmarks.</summary>
internal sealed class ResultVersions(IPageCache pages)
{
    private readonly ConcurrentDictionary<string, long> _versions = new();

    /// <summary>Gets a number that increases each time the results of a benchmark change in this process.</summary>
    public long GetVersion(string benchmark) => _versions.GetValueOrDefault(benchmark);

    /// <summary>
    /// Invalidates everything that is cached of a benchmark's results. It follows a committed change, so a client that disconnects does
    /// not cancel it.
    /// </summary>
    public ValueTask InvalidateAsync(string benchmark)
    {
        // The board comes first: pages would otherwise be rendered from the old board again.
        _versions.AddOrUpdate(benchmark, 1, (_, version) => version + 1);
        return pages.EvictAsync(benchmark, CancellationToken.None);
    }
}
