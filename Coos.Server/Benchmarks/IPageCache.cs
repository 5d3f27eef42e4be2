namespace Coos.Server.Benchmarks;

/// <summary>The cache of rendered pages and API responses. The host implements it, because it serves them.</summary>
internal interface IPageCache
{
    /// <summary>Evicts all pages and responses that show the results of a benchmark.</summary>
    ValueTask EvictAsync(string benchmark, CancellationToken cancellation);
}
