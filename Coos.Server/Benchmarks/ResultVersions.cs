using System.Collections.Concurrent;

namespace Coos.Server.Benchmarks;

/// <summary>Knows when what is cached of a benchmark's results is outdated.</summary>
internal sealed class ResultVersions(IPageCache pages)
{
    private readonly ConcurrentDictionary<string, long> _versions = new();

    /// <summary>A number that rises each time this process learns of other results.</summary>
    public long VersionOf(string benchmark) => _versions.GetValueOrDefault(benchmark);

    /// <summary>Discards what is cached of a benchmark's results.</summary>
    public ValueTask InvalidateAsync(string benchmark, CancellationToken cancellation)
    {
        // First the board, then the pages that would otherwise be made of the old one again.
        _versions.AddOrUpdate(benchmark, 1, (_, version) => version + 1);
        return pages.EvictAsync(benchmark, cancellation);
    }
}
