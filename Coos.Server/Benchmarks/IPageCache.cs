namespace Coos.Server.Benchmarks;

/// <summary>The cache of rendered pages and API answers, which belongs to whoever serves them.</summary>
internal interface IPageCache
{
    /// <summary>Discards everything that shows the results of a benchmark.</summary>
    ValueTask EvictAsync(string benchmark, CancellationToken cancellation);
}
